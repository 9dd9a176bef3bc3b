import type { RequestEvent } from '@sveltejs/kit';
import { type Refusal, refuse, UnavailableError } from '../outcome.ts';
import { problemResponse } from './problem.ts';

/**
 * Wraps an API handler: what it throws becomes a problem document (Kit would make a page of it), and a refusal that it
 * returns too.
 */
export function endpoint(handler: (event: RequestEvent) => Promise<Response | Refusal>) {
	return async (event: RequestEvent): Promise<Response> => {
		const answer = await handler(event).catch((error: unknown) => refuseFault(event, error));
		return answer instanceof Response ? answer : problemResponse(answer, event.locals.requestId);
	};
}

/** The refusal that a fault comes to; the log gets the cause under the request's id. */
export function refuseFault({ locals }: RequestEvent, error: unknown): Refusal {
	const log = locals.services.log.child({ request_id: locals.requestId });
	if (error instanceof UnavailableError) {
		log.warn({ err: error.message, reason: error.reason }, 'Request refused for now');
		return { ...refuse(error.reason), retryAfterSeconds: error.retryAfterSeconds };
	}
	log.error({ err: error }, 'Request failed');
	return refuse('internal_error');
}
