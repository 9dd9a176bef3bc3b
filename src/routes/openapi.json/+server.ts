import { endpoint } from '#lib/server/http/endpoint.ts';
import { documentResponse } from '#lib/server/http/public-document.ts';
import { publishApi } from '#lib/server/openapi/published.ts';

/** A new version shows soon; until then clients hear with a few bytes that nothing has changed. */
const maxAgeSeconds = 5 * 60;

export const GET = endpoint(async ({ request, locals }) => {
	return documentResponse(request, publishApi(locals.services), maxAgeSeconds);
});
