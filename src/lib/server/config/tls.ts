import { existsSync } from 'node:fs';
import type { SettingValues } from './values.ts';

export interface TlsConfig {
	certFile: string;
	keyFile: string;
	port: number;
}

/**
 * HTTPS is on if the certificate and the key exist. A certificate without a key, a key without a certificate, or a
 * missing file that a setting names is a mistake.
 */
export function readTls(values: SettingValues): TlsConfig | undefined {
	const certFile = values.text('TLS_CERT_FILE') ?? 'ssl/domain.cert';
	const keyFile = values.text('TLS_KEY_FILE') ?? 'ssl/domain.key';
	const port = values.integer('TLS_PORT', { fallback: 8000, min: 1, max: 65535 });
	const files = { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile };
	const isWanted = Object.entries(files).some(
		([name, path]) => values.text(name) !== undefined || existsSync(path)
	);
	if (!isWanted) return undefined;
	for (const [variable, path] of Object.entries(files)) {
		if (!existsSync(path))
			values.report(variable, `${path} is missing: HTTPS needs the certificate and its key`);
	}
	return { certFile, keyFile, port };
}
