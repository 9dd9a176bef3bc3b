import type { Handle } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { refuse } from '../../outcome.ts';
import type { Reason } from '../../refusals.ts';
import { namesHtml } from '../accept.ts';
import { pageHeaders } from '../headers.ts';
import { refuseRequest } from '../refuse.ts';

/** Error pages that a program cannot read: it gets the problem document instead. */
const machineReadable: Record<number, Reason> = { 404: 'not_found', 500: 'internal_error' };

/** Sets the headers of pages, and replaces the error pages that Kit renders itself. */
export const finishResponse: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	const { requestInfo } = event.locals;
	const isHtml = response.headers.get('content-type')?.startsWith('text/html') ?? false;
	// Kit's fallback error page is in English and has no policy of its own, so the browser would refuse its style.
	if (isHtml && !response.headers.has('content-security-policy')) {
		return refuseRequest(refuse('internal_error'), requestInfo);
	}
	const reason = isHtml && !namesHtml(requestInfo.accept) ? machineReadable[response.status] : undefined;
	if (reason) return refuseRequest(refuse(reason), requestInfo);
	if (isHtml || event.isDataRequest || event.request.method === 'POST') {
		response.headers.set('cache-control', 'no-store');
	}
	if (isHtml) {
		for (const [name, value] of Object.entries(pageHeaders)) response.headers.set(name, value);
		response.headers.set('content-language', getLocale());
	}
	return response;
};
