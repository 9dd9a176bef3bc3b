import type { SettingValues } from './values.ts';

/** A service that may introspect tokens. */
export interface ClientConfig {
	id: string;
	/** SHA-256 of its secret, in hex. */
	secretHash: string;
}

const idForm = /^[\w.~-]{1,64}$/;
const hashForm = /^[\da-f]{64}$/;

export function isClientId(text: string): boolean {
	return idForm.test(text);
}

/**
 * Reads `CLIENTS`: entries of `client_id:hash`, separated by commas or newlines. A client may have two entries, so that
 * its secret can be changed without interruption.
 */
export function readClients(values: SettingValues): ClientConfig[] {
	const entries = (values.secret('CLIENTS') ?? '').split(/[,\n]/).map((entry) => entry.trim());
	return entries.filter(Boolean).map((entry, index) => {
		const [, id = '', secretHash = ''] = /^([^:]*):(.*)$/.exec(entry) ?? [];
		const client = { id, secretHash: secretHash.toLowerCase() };
		if (!isClientId(id) || !hashForm.test(client.secretHash)) {
			// The entry is not shown: it may contain the secret itself.
			values.report(
				'CLIENTS',
				`entry ${index + 1} is not client_id:hash with the SHA-256 of the secret in 64 hex digits: make one with: npm run clients -- new NAME`
			);
		}
		return client;
	});
}
