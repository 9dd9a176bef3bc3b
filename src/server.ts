import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { ConfigError } from '#lib/server/config/config-error.ts';
import type { TlsConfig } from '#lib/server/config/tls.ts';
import { exitStatus } from '#lib/server/exit-status.ts';
import { createFoundation, type Foundation } from '#lib/server/foundation.ts';
import { maxBodyBytes } from '#lib/server/http/body.ts';
import { createLog, type Logger } from '#lib/server/log.ts';
import { type Certificate, CertificateError, loadCertificate, tlsRules } from './process/certificate.ts';
import { PeerWatch } from './process/peer-watch.ts';
import { refuseBrokenConnections } from './process/broken-connection.ts';
import { exitWith } from './process/exit.ts';
import { boundHeap } from './process/heap.ts';
import { createListener } from './process/listener.ts';
import { oneAtATime } from './process/pipeline.ts';
import { provideFoundation, schemeHeader } from './process/seam.ts';
import { stopOnSignals } from './process/stop.ts';
import { watchCertificate } from './process/tls.ts';
import { lowerWorkerPriority } from './process/worker-priority.ts';

const serverOptions: ServerOptions = {
	// Longer than the 60 s for which proxies keep idle connections, so that they never send into a closing one.
	keepAliveTimeout: 65_000,
	headersTimeout: 10_000,
	requestTimeout: 20_000,
	connectionsCheckingInterval: 1_000,
	// A missing Host is refused by the listener, in the form of all refusals.
	requireHostHeader: false
};

const listenFaults: Record<string, string> = {
	EADDRINUSE: 'The port is in use: end what listens there, or set another one',
	EADDRNOTAVAIL: 'HOST is not an address of this machine: set 0.0.0.0 or one that it has',
	EACCES: 'This process may not listen there: set a port from 1024 on, or allow lower ones'
};

requireNode24();
// Before anything uses libuv's threads: hashing takes one more than there are cores, and files and DNS need two beside it.
process.env.UV_THREADPOOL_SIZE ??= String(Math.max(4, availableParallelism() + 3));
await lowerWorkerPriority();
// The adapter reads these when it is imported.
process.env.ADAPTER_PROTOCOL_HEADER = schemeHeader;
process.env.ADAPTER_BODY_SIZE_LIMIT = String(maxBodyBytes);
boundHeap();

const foundation = await openFoundation();
for (const warning of foundation.config.warnings) foundation.log.warn(warning);
provideFoundation(foundation);
await serve(foundation);

function requireNode24(): void {
	if (Number.parseInt(process.versions.node) >= 24) return;
	process.stderr.write(`This is Node ${process.versions.node}, and Node 24 or newer is needed\n`);
	process.exit(exitStatus.config);
}

async function openFoundation(): Promise<Foundation> {
	try {
		return await createFoundation();
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		process.stderr.write(`${error.message}\n`);
		process.exit(exitStatus.config);
	}
}

async function serve({ config, log }: Foundation): Promise<void> {
	const requestLog = await createLog(config.logLevel, config.appName, true);
	let certificate = config.tls && loadFirstCertificate(config.tls, log);
	const { promise: app, resolve: provideApp } = Promise.withResolvers<typeof import('./handler.js')>();
	const peers = new PeerWatch(log);
	const assets = findAssets(join(import.meta.dirname, 'client'));
	const serveRequest = createListener(async (...request) => (await app).handler(...request), {
		config,
		log: requestLog,
		peers,
		hasAsset: (path) => assets.has(path),
		report: () => ({ certificateExpiresAt: certificate?.expiresAt, seesOnePeer: peers.seesOneAddress })
	});

	const listener = oneAtATime(serveRequest);
	const servers: Server[] = [createServer(serverOptions, listener)];
	const ports = [config.port];
	if (config.tls && certificate) {
		const server = createTlsServer(
			{ ...serverOptions, ...secureContext(certificate), handshakeTimeout: 10_000 },
			listener
		);
		watchCertificate(config.tls, log, (renewed) => {
			server.setSecureContext(secureContext(renewed));
			certificate = renewed;
		});
		servers.push(server);
		ports.push(config.tls.port);
	}
	stopOnSignals(servers, log);
	for (const server of servers) refuseBrokenConnections(server, requestLog);
	await Promise.all(servers.map((server, index) => listen(server, ports[index] ?? 0, { config, log })));
	// Only with the ports in hand: importing the app connects to the database and changes its schema.
	provideApp(await import('./handler.js').catch((error: Error) => exitWith(log, error.message)));
}

function findAssets(folder: string): ReadonlySet<string> {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	return new Set(files.map(({ parentPath, name }) => `/${relative(folder, join(parentPath, name))}`));
}

function secureContext({ cert, key }: Certificate) {
	return { cert, key, ...tlsRules };
}

function loadFirstCertificate(tls: TlsConfig, log: Logger): Certificate {
	try {
		return loadCertificate(tls);
	} catch (error) {
		if (error instanceof CertificateError) exitWith(log, error.message, exitStatus.config);
		throw error;
	}
}

async function listen(server: Server, port: number, { config, log }: Foundation): Promise<void> {
	// An expectation that is not `100-continue` may be ignored (RFC 9110 §10.1.1).
	server.on('checkExpectation', (request, response) => server.emit('request', request, response));
	server.on('error', (error: NodeJS.ErrnoException) => {
		exitWith(log, `${listenFaults[error.code ?? ''] ?? error.message} (${error.code}, port ${port})`);
	});
	server.listen(port, config.host);
	await once(server, 'listening');
	log.info({ version: packageJson.version, origin: config.origin }, `Listening on port ${port}`);
}
