import { endpoint } from '#lib/server/http/endpoint.ts';
import { documentResponse, keysMaxAgeSeconds } from '#lib/server/http/public-document.ts';

/** Asked for only before the process has the keys, or under another spelling of the path. */
export const GET = endpoint(async ({ request, locals }) => {
	const { published } = locals.services.tokenSigner.keys;
	return documentResponse(request, published, keysMaxAgeSeconds);
});
