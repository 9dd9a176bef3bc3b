import packageJson from '../../../package.json' with { type: 'json' };
import type { Config } from '#lib/server/config/config.ts';
import { minSecretBytes, secretKeyRemedy } from '#lib/server/config/signing.ts';
import { readSecret } from '#lib/server/keys/secret-key.ts';
import { failure, type Finding, ok, warning } from './finding.ts';

/** A generated key has at least this number of different characters. */
const variedEnough = 16;

export async function checkSettings(config: Config): Promise<Finding[]> {
	const findings = [
		ok('version', `${packageJson.version} on Node ${process.versions.node}`),
		...config.warnings.map((message) => warning('settings', message, 'complete the settings or remove them')),
		checkKey(config),
		...(config.previousSecretKey === undefined
			? []
			: [
					warning(
						'secret key',
						'SECRET_KEY_PREVIOUS is set',
						'remove it 15 minutes after the last instance has got the new SECRET_KEY'
					)
				]),
		checkProxies(config)
	];
	if (config.origin.startsWith('http://') && new URL(config.origin).hostname !== 'localhost') {
		const remedy = 'add a certificate, or set ORIGIN to the https:// address of the proxy';
		findings.push(warning('origin', `${config.origin} is not encrypted`, remedy));
	} else {
		findings.push(ok('origin', config.origin));
	}
	if (!config.allowedHosts) {
		findings.push(
			warning('hosts', 'every Host is allowed', 'set ALLOWED_HOSTS to the host names of the service')
		);
	} else {
		findings.push(ok('hosts', [...config.allowedHosts].join(', ')));
	}
	return findings;
}

function checkKey({ secretKey, algorithm, dataDir }: Config): Finding {
	const secret = secretKey ?? readSecret(dataDir);
	if (secret === undefined)
		return ok('secret key', `${algorithm}, not created yet: the first start creates it`);
	const bytes = Buffer.byteLength(secret);
	const message = `${algorithm}, ${bytes} bytes${secretKey ? '' : `, in ${dataDir}/secret-key`}`;
	if (bytes < minSecretBytes[algorithm])
		return failure('secret key', message, 'too short: restore the previous file or delete it');
	if (new Set(secret).size < variedEnough) {
		return warning('secret key', `${message}, but with few different characters`, secretKeyRemedy);
	}
	return ok('secret key', message);
}

function checkProxies({ trustedProxies, origin, tls }: Config): Finding {
	const trustsAll =
		trustedProxies.check('203.0.113.1', 'ipv4') && trustedProxies.check('198.51.100.1', 'ipv4');
	if (trustsAll) {
		return warning(
			'proxies',
			'every address is trusted',
			'set TRUSTED_PROXIES to the addresses of your proxies'
		);
	}
	if (trustedProxies.rules.length > 0) return ok('proxies', trustedProxies.rules.join('; '));
	if (origin.startsWith('https:') && !tls) {
		const remedy = 'set TRUSTED_PROXIES to its address; otherwise cookies are not marked Secure';
		return warning(
			'proxies',
			'ORIGIN is https but there is no certificate, so a proxy must terminate TLS',
			remedy
		);
	}
	return ok('proxies', 'none trusted');
}
