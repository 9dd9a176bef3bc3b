import { endpoint } from '#lib/server/http/endpoint.ts';
import { documentResponse, revokedMaxAgeSeconds } from '#lib/server/http/public-document.ts';
import * as operation from './operation.ts';

/** The process serves the list while it is fresh; a request that comes here reads it again first. */
export const GET = endpoint(operation.GET, async ({ event, services }) => {
	const list = await services.revocationList.read(services.db);
	return documentResponse(event.request, list, revokedMaxAgeSeconds);
});
