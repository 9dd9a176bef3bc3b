import { randomUUID } from 'node:crypto';

/** A new id for a request, or the one that a trusted proxy has given it. */
export function chooseRequestId(given: string | undefined, isFromProxy: boolean): string {
	return isFromProxy && given !== undefined && /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : randomUUID();
}
