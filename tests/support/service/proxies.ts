import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeCertificate } from './certificate.ts';
import { connectTls } from './tls.ts';

const docs = path.resolve(import.meta.dirname, '../../../docs/proxies');

export interface Proxy {
	/** Where it listens for HTTPS and HTTP. */
	port: number;
	httpPort: number;
	stop: () => Promise<void>;
}

interface ProxyOptions {
	port: number;
	httpPort: number;
	/** The ports of the service behind it. */
	backends: number[];
}

/** nginx from the machine's package with the documented file, its names and addresses replaced by the test's. */
export async function startNginx({ port, httpPort, backends }: ProxyOptions): Promise<Proxy> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'um-nginx-'));
	const { certFile, keyFile } = makeCertificate(folder, 'nginx');
	const servers = backends.map((backend) => `server 127.0.0.1:${backend};`).join(' ');
	const site = replaceAll(readFileSync(path.join(docs, 'nginx.conf'), 'utf8'), {
		'server 127.0.0.1:3000;': servers,
		'listen 80;': `listen 127.0.0.1:${httpPort};`,
		'listen 443 ssl;': `listen 127.0.0.1:${port} ssl;`,
		'https://login.example.org$request_uri': `https://localhost:${port}$request_uri`,
		'server_name login.example.org;': 'server_name localhost;',
		'/etc/letsencrypt/live/login.example.org/fullchain.pem': certFile,
		'/etc/letsencrypt/live/login.example.org/privkey.pem': keyFile
	});
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => {
		mkdirSync(path.join(folder, kind));
		return `${kind}_temp_path ${folder}/${kind};`;
	});
	const config = path.join(folder, 'nginx.conf');
	writeFileSync(
		config,
		`daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
		events {} http { access_log off; ${temporary.join(' ')} ${site} }`
	);
	const child = spawn('nginx', ['-e', `${folder}/error.log`, '-p', folder, '-c', config], {
		stdio: 'inherit'
	});
	return startProxy(child, { port, httpPort, folder });
}

/** Caddy from the machine's package with the documented file, and a certificate of its own making. */
export async function startCaddy({ port, httpPort, backends }: ProxyOptions): Promise<Proxy> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'um-caddy-'));
	const { certFile, keyFile } = makeCertificate(folder, 'caddy');
	const site = replaceAll(readFileSync(path.join(docs, 'Caddyfile'), 'utf8'), {
		'login.example.org {': `localhost:${port} {\n\ttls ${certFile} ${keyFile}`,
		'127.0.0.1:3000': backends.map((backend) => `127.0.0.1:${backend}`).join(' ')
	});
	const config = path.join(folder, 'Caddyfile');
	const options = `admin off\nhttp_port ${httpPort}\nhttps_port ${port}\ndefault_bind 127.0.0.1\nskip_install_trust`;
	writeFileSync(config, `{\n${options}\n}\n${site}`);
	const env = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
	const child = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', config], {
		env,
		stdio: 'ignore'
	});
	return startProxy(child, { port, httpPort, folder });
}

async function startProxy(
	child: ChildProcess,
	{ port, httpPort, folder }: { port: number; httpPort: number; folder: string }
): Promise<Proxy> {
	const killWithTests = () => child.kill('SIGKILL');
	process.once('exit', killWithTests);
	for (const deadline = Date.now() + 10_000; ; await pause(50)) {
		const socket = await connectTls(port).catch(() => undefined);
		socket?.destroy();
		if (socket) break;
		if (child.exitCode !== null || Date.now() > deadline)
			throw new Error(`${child.spawnfile} does not start`);
	}
	return {
		port,
		httpPort,
		async stop() {
			child.kill('SIGTERM');
			if (child.exitCode === null) await once(child, 'exit');
			process.off('exit', killWithTests);
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

/** Replaces each text, and throws when the document does not have it any more. */
function replaceAll(text: string, replacements: Record<string, string>): string {
	for (const [from, to] of Object.entries(replacements)) {
		if (!text.includes(from)) throw new Error(`the documented file has no "${from}"`);
		text = text.replaceAll(from, to);
	}
	return text;
}
