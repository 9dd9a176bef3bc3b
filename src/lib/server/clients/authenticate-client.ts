import { timingSafeEqual } from 'node:crypto';
import type { ClientConfig } from '../config/clients.ts';
import { hashToken } from '../crypto/random.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';

/** The credentials of a client. */
export interface ClientCredentials {
	id: string;
	secret: string;
}

/**
 * Checks the credentials of a configured client in constant time. A fast hash is enough, because a secret has 256
 * random bits.
 */
export function authenticateClient(
	clients: readonly ClientConfig[],
	shown: ClientCredentials | undefined
): Outcome<{ id: string }, 'invalid_client'> {
	if (!shown) return refuse('invalid_client');
	const hash = Buffer.from(hashToken(shown.secret));
	const matches = clients.filter(({ id, secretHash }) => {
		const isSecret = timingSafeEqual(Buffer.from(secretHash), hash);
		return id === shown.id && isSecret;
	});
	return matches.length > 0 ? accept({ id: shown.id }) : refuse('invalid_client');
}
