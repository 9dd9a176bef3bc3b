import type { ClientCredentials } from '../clients/authenticate-client.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';

export type ClientReason = 'invalid_client' | 'invalid_request';

/**
 * Reads the credentials of an OAuth client (RFC 6749 §2.3.1) from HTTP Basic, or from `client_id` and `client_secret`
 * of the form; undefined without a secret. Refuses any other `Authorization` header with `invalid_client`, and a
 * request that uses both with `invalid_request`.
 */
export function readClientCredentials(
	authorization: string | null,
	{ client_id: id, client_secret: secret }: Fields
): Outcome<ClientCredentials | undefined, ClientReason> {
	const isInForm = typeof secret === 'string' && secret !== '';
	if (authorization === null) {
		return accept(isInForm ? { id: typeof id === 'string' ? id : '', secret } : undefined);
	}
	const [, encoded] = /^basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization.trim()) ?? [];
	const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
	const credentials = { id: decode(user), secret: decode(password) };
	if (!credentials.id || !credentials.secret) return refuse('invalid_client');
	return isInForm ? refuse('invalid_request') : accept({ id: credentials.id, secret: credentials.secret });
}

/** RFC 6749 §2.3.1: id and secret are form-urlencoded before they become user name and password. */
function decode(text = ''): string | undefined {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return undefined;
	}
}
