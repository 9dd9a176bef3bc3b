import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import path from 'node:path';

export interface CertificateFiles {
	certFile: string;
	keyFile: string;
}

/**
 * Makes a self-signed certificate with the machine's openssl, and puts it in place as renewal tools do: whole files, one
 * after the other.
 *
 * @param commonName tells one certificate from the next
 * @param names as openssl takes them, `DNS:` or `IP:` before each
 */
export function makeCertificate(
	folder: string,
	commonName: string,
	{ days = 30, names = 'DNS:localhost' }: { days?: number; names?: string } = {}
): CertificateFiles {
	const files = { certFile: path.join(folder, 'domain.cert'), keyFile: path.join(folder, 'domain.key') };
	const fresh = { certFile: `${files.certFile}.new`, keyFile: `${files.keyFile}.new` };
	execFileSync(
		'openssl',
		[
			...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
			...['-subj', `/CN=${commonName}`, '-addext', `subjectAltName=${names}`],
			...['-days', String(days), '-keyout', fresh.keyFile, '-out', fresh.certFile]
		],
		{ stdio: 'pipe' }
	);
	renameSync(fresh.keyFile, files.keyFile);
	renameSync(fresh.certFile, files.certFile);
	return files;
}
