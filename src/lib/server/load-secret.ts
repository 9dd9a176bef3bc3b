import type { Config } from './config/config.ts';
import { minSecretBytes } from './config/signing.ts';
import { describeStartFault, type StartFault } from './db/start-fault.ts';
import { exitStatus } from './exit-status.ts';
import { loadOrCreateSecret } from './keys/secret-key.ts';

/**
 * Loads the configured secret. With the embedded database, loads the stored secret, which the first start generates.
 */
export function loadSecret(config: Config, onFault: (fault: StartFault) => void): string {
	if (config.secretKey) return config.secretKey;
	const { dataDir, algorithm } = config;
	try {
		const secret = loadOrCreateSecret(dataDir);
		if (Buffer.byteLength(secret) < minSecretBytes[algorithm]) {
			const remedy = 'restore it, or delete it to have a new one made';
			const message = `${dataDir}/secret-key is too short for ${algorithm}: ${remedy}`;
			onFault({ message, exitStatus: exitStatus.config });
		}
		return secret;
	} catch (error) {
		const fault = describeStartFault(error, config);
		if (fault) onFault(fault);
		throw error;
	}
}
