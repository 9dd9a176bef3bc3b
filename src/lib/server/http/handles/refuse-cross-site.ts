import type { Handle } from '@sveltejs/kit';
import { refuse } from '../../outcome.ts';
import { isCrossSite } from '../cross-site.ts';
import { isReading } from '../methods.ts';
import { refuseRequest } from '../refuse.ts';

/** Refuses requests that change something on behalf of another site. */
export const refuseCrossSite: Handle = async ({ event, resolve }) => {
	const { request, url, locals } = event;
	if (isReading(request.method) || !isCrossSite(request.headers, url.host)) return resolve(event);
	const { context, services, requestInfo } = locals;
	await context.audit.record(services.db, 'request.cross_site');
	return refuseRequest(refuse('cross_site_request'), requestInfo);
};
