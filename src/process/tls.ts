import { statSync } from 'node:fs';
import type { TlsConfig } from '#lib/server/config/tls.ts';
import type { Logger } from '#lib/server/log.ts';
import { type Certificate, loadCertificate } from './certificate.ts';

const pollMs = 2_000;

/**
 * Watches the certificate and the key, and passes a renewed pair on. An invalid pair is reported once, and the old pair
 * stays in use. The files are polled, because file notifications do not work through bind mounts and swapped links.
 *
 * @returns a function that stops watching
 */
export function watchCertificate(
	config: TlsConfig,
	log: Logger,
	onRenewal: (certificate: Certificate) => void
): () => void {
	let seen = describeFiles(config);
	let changedAt = seen;

	function poll(): void {
		const now = describeFiles(config);
		if (now === seen) return;
		// The two files change one after another, so they are read when neither has changed since the previous poll.
		if (now !== changedAt) {
			changedAt = now;
			return;
		}
		seen = now;
		try {
			const certificate = loadCertificate(config);
			onRenewal(certificate);
			log.info({ expires_at: new Date(certificate.expiresAt).toISOString() }, 'The certificate was renewed');
		} catch (error) {
			log.error(`The new certificate is not used, the old one is kept: ${(error as Error).message}`);
		}
	}
	const timer = setInterval(poll, pollMs).unref();
	return () => clearInterval(timer);
}

function describeFiles({ certFile, keyFile }: TlsConfig): string {
	return [certFile, keyFile]
		.map((path) => {
			try {
				const { ino, size, mtimeMs } = statSync(path);
				return `${ino}:${size}:${mtimeMs}`;
			} catch (error) {
				return (error as NodeJS.ErrnoException).code;
			}
		})
		.join();
}
