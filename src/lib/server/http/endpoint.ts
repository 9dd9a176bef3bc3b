import type { RequestEvent } from '@sveltejs/kit';
import { type Refusal, refuse, UnavailableError, type UnavailableReason } from '../outcome.ts';
import type { Reason } from '../refusals.ts';
import { problemResponse } from './problem.ts';

/**
 * Wraps an API handler: what it throws becomes a problem document (Kit would make a page of it), and a refusal that it
 * returns too. Only those compile that are named: `endpoint<ReasonsOf<'GET /me'>>(…)`.
 */
export function endpoint<R extends Reason = never>(
	handler: (event: RequestEvent) => Promise<Response | Refusal<NoInfer<R>>>
) {
	return async (event: RequestEvent): Promise<Response> => {
		const answer = await handler(event).catch((error: unknown) => refuseFault(event, error));
		return answer instanceof Response ? answer : problemResponse(answer, event.locals.requestId);
	};
}

/** The refusal that a fault comes to; the log gets the cause under the request's id. */
export function refuseFault(
	{ locals: { services, requestId } }: RequestEvent,
	error: unknown
): Refusal<UnavailableReason | 'internal_error'> {
	const { log, overload } = services;
	if (!(error instanceof UnavailableError)) {
		log.error({ request_id: requestId, err: error }, 'Request failed');
		return refuse('internal_error');
	}
	const { reason, message, retryAfterSeconds } = error;
	// A flood of requests must not become one of lines; each has its own, with the status, anyway.
	if (reason === 'overloaded') overload.note();
	else log.warn({ request_id: requestId, err: message, reason }, 'Request refused for now');
	return refuse(reason, { retryAfterSeconds });
}
