import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../support/service/certificate.ts';
import { request } from '../support/http/http.ts';
import { freePort } from '../support/service/port.ts';
import { type Service, startService } from '../support/service/service.ts';
import { connectTls, getOver, readCommonName } from '../support/service/tls.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'um-tls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tlsEnv({ certFile, keyFile }: { certFile: string; keyFile: string }, tlsPort: number) {
	return { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile, TLS_PORT: String(tlsPort) };
}

describe('with a certificate', () => {
	let service: Service;
	let tlsPort: number;

	beforeAll(async () => {
		tlsPort = await freePort();
		service = await startService({ env: tlsEnv(makeCertificate(folder, 'first'), tlsPort) });
	});
	afterAll(async () => {
		await service.stop();
	});

	test('HTTPS is answered with HSTS', async () => {
		const socket = await connectTls(tlsPort);
		const head = await getOver(socket, '/login');
		socket.destroy();
		expect(head).toMatch(/^HTTP\/1\.1 200 /);
		expect(head).toMatch(/^strict-transport-security: max-age=\d{8}/im);
	});

	test.each(['TLSv1', 'TLSv1.1'] as const)('%s is refused', async (version) => {
		const old = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' } as const;
		await expect(connectTls(tlsPort, old)).rejects.toThrow(/alert protocol version/);
	});

	test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s is accepted', async (version) => {
		const socket = await connectTls(tlsPort, { minVersion: version, maxVersion: version });
		expect(socket.getProtocol()).toBe(version);
		socket.destroy();
	});

	test.each(['AES128-SHA', 'AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'DHE-RSA-AES128-GCM-SHA256'])(
		'%s is refused',
		async (ciphers) => {
			const weak = { maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` } as const;
			await expect(connectTls(tlsPort, weak)).rejects.toThrow(/handshake failure/);
		}
	);

	test('HTTP redirects to ORIGIN with the path and the query, for any Host and without HSTS', async () => {
		const answer = await request(service.origin, {
			method: 'POST',
			path: '/token?a=b',
			headers: { host: 'evil.example' },
			form: { username: 'a', password: 'b' }
		});
		expect(answer.status).toBe(308);
		expect(answer.headers.location).toBe(`https://localhost:${tlsPort}/token?a=b`);
		expect(answer.headers['strict-transport-security']).toBeUndefined();
	});

	test('health checks are answered over HTTP with the days that the certificate has left', async () => {
		expect((await request(service.origin, { path: '/livez' })).status).toBe(200);
		const ready = await request(service.origin, { path: '/readyz' });
		expect(ready.json).toMatchObject({ status: 'ok', certificate_days_left: 29 });
	});

	test('a client cannot set what the process reports', async () => {
		const headers = { 'x-process-report': '{"certificateExpiresAt":1,"seesOnePeer":true}' };
		const ready = await request(service.origin, { path: '/readyz', headers });
		expect(ready.json).toMatchObject({ certificate_days_left: 29, warnings: [] });
	});

	test('the next connection gets a renewed pair while an open one continues, and a broken pair is not used', async () => {
		const old = await connectTls(tlsPort);
		await getOver(old, '/livez');

		makeCertificate(folder, 'second', { days: 60 });
		await expect.poll(() => readCommonName(tlsPort), { timeout: 15_000 }).toBe('second');
		expect(await getOver(old, '/livez')).toMatch(/^HTTP\/1\.1 200 /);
		old.destroy();

		rmSync(path.join(folder, 'domain.cert'));
		symlinkSync('domain.cert', path.join(folder, 'domain.cert'));
		await expect.poll(() => service.output(), { timeout: 15_000 }).toContain('the old one is kept');
		expect(await readCommonName(tlsPort)).toBe('second');
		expect((await request(service.origin, { path: '/readyz' })).json).toMatchObject({
			certificate_days_left: 59
		});
	});
});

describe('at start', () => {
	async function startWith(files: { certFile: string; keyFile: string }, env: Record<string, string> = {}) {
		const service = await startService({
			env: { ...tlsEnv(files, await freePort()), ...env },
			until: 'spawned'
		});
		const status = await service.exited;
		const output = service.output();
		await service.stop();
		return { status, output };
	}

	/** Makes a valid pair in its own folder, for the test to damage. */
	const pair = () => makeCertificate(mkdtempSync(path.join(folder, 'pair-')), 'pair');

	test('a certificate that is not PEM ends the process with status 78 and one line', async () => {
		const files = pair();
		writeFileSync(files.certFile, 'nonsense');
		const { status, output } = await startWith(files);
		expect(status).toBe(78);
		expect(output).toContain(`${files.certFile} is not a certificate in PEM`);
		expect(output).not.toMatch(/\n\s+at /);
	});

	test('a key of another certificate ends the process with status 78', async () => {
		const { status, output } = await startWith({ certFile: pair().certFile, keyFile: pair().keyFile });
		expect(status).toBe(78);
		expect(output).toContain('is not the key of');
	});

	test('a folder in place of the certificate ends the process with status 78', async () => {
		const { status, output } = await startWith({ ...pair(), certFile: folder });
		expect(status).toBe(78);
		expect(output).toContain('cannot be read (EISDIR)');
	});

	test('a certificate without its key ends the process with status 78', async () => {
		const { status, output } = await startWith({ ...pair(), keyFile: path.join(folder, 'missing.key') });
		expect(status).toBe(78);
		expect(output).toContain('TLS_KEY_FILE');
	});

	test('an ORIGIN of http beside a certificate ends the process with status 78', async () => {
		const { status, output } = await startWith(pair(), { ORIGIN: 'http://login.example.org' });
		expect(status).toBe(78);
		expect(output).toContain('ORIGIN');
	});
});
