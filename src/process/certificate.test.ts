import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeCertificate } from '../../tests/support/service/certificate.ts';
import { loadCertificate } from './certificate.ts';
import { dayMs } from '#lib/server/durations.ts';

const folder = mkdtempSync(join(tmpdir(), 'um-certificate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = makeCertificate(folder, 'localhost', { days: 30 });

test('a valid pair is loaded with the time at which it expires', () => {
	const { cert, key, expiresAt } = loadCertificate(files);
	expect(cert).toContain('BEGIN CERTIFICATE');
	expect(key).toContain('PRIVATE KEY');
	expect(Math.round((expiresAt - Date.now()) / dayMs)).toBe(30);
});

test('an expired certificate is refused', () => {
	expect(() => loadCertificate(files, new Date(Date.now() + 31 * dayMs))).toThrow(/expired on .*: renew it/);
});

test('a certificate that is not valid yet is refused', () => {
	expect(() => loadCertificate(files, new Date(Date.now() - dayMs))).toThrow(
		/is valid from .*: check the clock/
	);
});

test('a chain that TLS cannot use is refused, even if the certificate itself is valid', () => {
	const broken = join(folder, 'broken.cert');
	const nonsense = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
	writeFileSync(broken, readFileSync(files.certFile, 'utf8') + nonsense);
	expect(() => loadCertificate({ ...files, certFile: broken })).toThrow(/cannot be used .*: make a new pair/);
});
