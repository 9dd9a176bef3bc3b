import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { TlsConfig } from '#lib/server/config/tls.ts';

export interface Certificate {
	/** PEM, with the server's own certificate first. */
	cert: string;
	key: string;
	/** Epoch milliseconds. */
	expiresAt: number;
}

/**
 * Of TLS 1.2, only ciphers with forward secrecy and authenticated encryption (RFC 9325 §4.2; OWASP ASVS 5.0, 12.1.2).
 * All ciphers of TLS 1.3 have both.
 */
export const tlsRules: Pick<SecureContextOptions, 'minVersion' | 'ciphers'> = {
	minVersion: 'TLSv1.2',
	ciphers: [
		'TLS_AES_128_GCM_SHA256',
		'TLS_AES_256_GCM_SHA384',
		'TLS_CHACHA20_POLY1305_SHA256',
		'ECDHE-ECDSA-AES128-GCM-SHA256',
		'ECDHE-RSA-AES128-GCM-SHA256',
		'ECDHE-ECDSA-AES256-GCM-SHA384',
		'ECDHE-RSA-AES256-GCM-SHA384',
		'ECDHE-ECDSA-CHACHA20-POLY1305',
		'ECDHE-RSA-CHACHA20-POLY1305'
	].join(':')
};

/** What is wrong with the certificate or its key, and how to fix it, in one line. */
export class CertificateError extends Error {}

/**
 * Reads the certificate and the key, and checks that they are valid now and belong together.
 *
 * @throws CertificateError
 */
export function loadCertificate(
	{ certFile, keyFile }: Pick<TlsConfig, 'certFile' | 'keyFile'>,
	now = new Date()
): Certificate {
	const cert = readPem(certFile);
	const key = readPem(keyFile);
	const parsed = parse(certFile, 'a certificate in PEM', () => new X509Certificate(cert));
	const privateKey = parse(keyFile, 'a private key in PEM without a passphrase', () => createPrivateKey(key));
	if (!parsed.checkPrivateKey(privateKey)) {
		throw new CertificateError(
			`${keyFile} is not the key of ${certFile}: put the pair that belongs together there`
		);
	}
	const expiresAt = Date.parse(parsed.validTo);
	if (expiresAt <= now.getTime()) {
		throw new CertificateError(`${certFile} expired on ${new Date(expiresAt).toISOString()}: renew it`);
	}
	const startsAt = Date.parse(parsed.validFrom);
	if (startsAt > now.getTime()) {
		throw new CertificateError(
			`${certFile} is valid from ${new Date(startsAt).toISOString()} on: check the clock`
		);
	}
	try {
		createSecureContext({ cert, key, ...tlsRules });
	} catch (error) {
		throw new CertificateError(`${certFile} cannot be used (${(error as Error).message}): make a new pair`);
	}
	return { cert, key, expiresAt };
}

function readPem(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		const why = (error as NodeJS.ErrnoException).code ?? 'unreadable';
		throw new CertificateError(
			`${path} cannot be read (${why}): put a file there that this process may read`
		);
	}
}

function parse<Result>(path: string, what: string, read: () => Result): Result {
	try {
		return read();
	} catch {
		throw new CertificateError(`${path} is not ${what}`);
	}
}
