import { existsSync } from 'node:fs';
import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { availableParallelism } from 'node:os';
import { join, normalize } from 'node:path';
import { type Config, ConfigError, parseConfig } from '#lib/server/config/config.ts';
import type { TlsConfig } from '#lib/server/config/tls.ts';
import { readEnvironment } from '#lib/server/config/values.ts';
import { maxBodyBytes } from '#lib/server/http/body.ts';
import { createLog, type Logger } from '#lib/server/log.ts';
import { type Certificate, CertificateError, loadCertificate } from './process/certificate.ts';
import { ClientWatch } from './process/clients.ts';
import { refuseConnection } from './process/early-refusal.ts';
import { exitConfig, exitWith } from './process/exit.ts';
import { addressHeader, createListener, schemeHeader } from './process/listener.ts';
import { stopOnSignals } from './process/stop.ts';
import { watchCertificate } from './process/tls.ts';

const serverOptions: ServerOptions = {
	// Longer than the 60 s for which proxies keep idle connections, so that they never send into a closing one.
	keepAliveTimeout: 65_000,
	headersTimeout: 10_000,
	requestTimeout: 20_000,
	connectionsCheckingInterval: 1_000,
	// A missing Host is refused by the listener, in the form of all refusals.
	requireHostHeader: false
};

// Before anything uses libuv's threads: hashing takes one for each core at most, and files and DNS need two beside it.
process.env.UV_THREADPOOL_SIZE ??= String(Math.max(4, availableParallelism() + 2));
// The adapter reads these when it is imported.
process.env.ADAPTER_PROTOCOL_HEADER = schemeHeader;
process.env.ADAPTER_ADDRESS_HEADER = addressHeader;
process.env.ADAPTER_BODY_SIZE_LIMIT = String(maxBodyBytes);

const config = readConfig();
const log = await createLog(config.logLevel, config.appName);
for (const warning of config.warnings) log.warn(warning);
await serve(config, log);

function readConfig(): Config {
	try {
		return parseConfig(readEnvironment());
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		process.stderr.write(`${error.message}\n`);
		process.exit(exitConfig);
	}
}

async function serve(config: Config, log: Logger): Promise<void> {
	let certificate = config.tls && loadFirstCertificate(config.tls, log);
	const app = await import('./handler.js').catch((error: Error) => exitWith(log, error.message));
	const assets = join(import.meta.dirname, 'client');
	const clients = new ClientWatch(log);
	const listener = createListener(app.handler, {
		config,
		log,
		clients,
		hasAsset: (path) => existsSync(join(assets, normalize(path))),
		report: () => ({ certificateExpiresAt: certificate?.expiresAt, seesOneClient: clients.seesOneAddress })
	});

	const servers = [listen(createServer(serverOptions, listener), config.port)];
	if (config.tls && certificate) {
		const server = createTlsServer({ ...serverOptions, ...secureContext(certificate) }, listener);
		watchCertificate(config.tls, log, (renewed) => {
			certificate = renewed;
			server.setSecureContext(secureContext(renewed));
		});
		servers.push(listen(server, config.tls.port));
	}
	stopOnSignals(servers, log);
}

function secureContext({ cert, key }: Certificate) {
	return { cert, key, minVersion: 'TLSv1.2' } as const;
}

function loadFirstCertificate(tls: TlsConfig, log: Logger): Certificate {
	try {
		return loadCertificate(tls);
	} catch (error) {
		if (error instanceof CertificateError) exitWith(log, error.message, exitConfig);
		throw error;
	}
}

function listen<Listener extends Server>(server: Listener, port: number): Listener {
	server.on('clientError', (error, socket) => void refuseConnection(error, socket));
	server.on('error', (error: NodeJS.ErrnoException) => {
		const isTaken = error.code === 'EADDRINUSE';
		exitWith(
			log,
			isTaken
				? `Port ${port} is in use (EADDRINUSE): end what listens there or set another port`
				: error.message
		);
	});
	server.listen(port, config.host, () => log.info({ origin: config.origin }, `Listening on port ${port}`));
	return server;
}
