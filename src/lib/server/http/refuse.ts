import type { RequestEvent } from '@sveltejs/kit';
import type { Refusal } from '../outcome.ts';
import { type Reason, refusals } from '../refusals.ts';
import { namesHtml } from './accept.ts';
import { barePage } from './bare-page.ts';
import { problemResponse, refusalHeaders } from './problem.ts';

/** Decides the form of a refusal before or instead of a route. */
export interface RequestInfo {
	/** The `Accept` header as received. */
	accept: string | null;
	requestId: string;
	/** Whether Kit's own script sent the request, to load the data of a page or to submit an enhanced form. */
	isScript?: 'data' | 'action' | undefined;
}

/** The error that pages show (`+error.svelte`). */
export function describeAppError(reason: Reason, requestId: string): App.Error {
	const { title, detail } = refusals[reason];
	return { message: detail(), title: title(), code: reason, request_id: requestId };
}

/** Sets the headers of a refusal on a page. Every page already has `cache-control`, and Kit throws on a second one. */
export function setRefusalHeaders(event: RequestEvent, refusal: Refusal): void {
	const headers = Object.entries(refusalHeaders(refusal)).filter(([name]) => name !== 'cache-control');
	event.setHeaders(Object.fromEntries(headers));
}

/**
 * Makes the response of a refusal: a page for a browser, JSON of Kit's for its own script, and a problem document for a
 * program.
 */
export function refuseRequest(
	refusal: Refusal,
	requestInfo: RequestInfo,
	headers: Record<string, string> = {}
): Response {
	const { reason } = refusal;
	const { requestId, isScript } = requestInfo;
	if (isScript) {
		const error = describeAppError(reason, requestId);
		return Response.json(
			isScript === 'data' ? error : { type: 'error', status: refusals[reason].status, error },
			{
				status: refusals[reason].status,
				headers: { ...refusalHeaders(refusal), ...headers }
			}
		);
	}
	if (!namesHtml(requestInfo.accept)) return problemResponse(refusal, requestId, { headers });
	const page = barePage(refusal);
	return new Response(page.html, { status: page.status, headers: { ...page.headers, ...headers } });
}
