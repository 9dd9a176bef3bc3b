import type { Config } from '#lib/server/config/config.ts';
import { CertificateError, loadCertificate } from '../../process/certificate.ts';
import { failure, type Finding, ok, warning } from './finding.ts';
import { dayMs } from '#lib/server/durations.ts';

const soonDays = 14;

export async function checkCertificate({ tls }: Config): Promise<Finding[]> {
	if (!tls) return [ok('certificate', 'none, HTTP only')];
	try {
		const { expiresAt } = loadCertificate(tls);
		const days = Math.floor((expiresAt - Date.now()) / dayMs);
		const message = `${tls.certFile}: ${days} days left`;
		return [days < soonDays ? warning('certificate', message, 'renew it') : ok('certificate', message)];
	} catch (error) {
		if (!(error instanceof CertificateError)) throw error;
		return [failure('certificate', error.message, 'the service does not start until this is fixed')];
	}
}
