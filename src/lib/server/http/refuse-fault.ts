import type { RequestEvent } from '@sveltejs/kit';
import { type Refusal, refuse, UnavailableError, type UnavailableReason } from '../outcome.ts';

/** Turns a fault into a refusal, and logs the cause with the id of the request. */
export function refuseFault(
	{ locals }: RequestEvent,
	error: unknown
): Refusal<UnavailableReason | 'internal_error'> {
	const { log, overload } = locals.services;
	const { requestId } = locals.requestInfo;
	if (!(error instanceof UnavailableError)) {
		log.error({ request_id: requestId, err: error }, 'Request failed');
		return refuse('internal_error');
	}
	const { reason, message, retryAfterSeconds } = error;
	// A flood of requests must not become a flood of log lines: the line of each request shows its status anyway.
	if (reason === 'overloaded') overload.note();
	else log.warn({ request_id: requestId, err: message, reason }, 'Request refused for now');
	return refuse(reason, { retryAfterSeconds });
}
