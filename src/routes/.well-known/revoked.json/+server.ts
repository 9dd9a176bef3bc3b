import { endpoint } from '#lib/server/http/endpoint.ts';
import { documentResponse, revokedMaxAgeSeconds } from '#lib/server/http/public-document.ts';

/** The process answers by itself with what is in memory; what comes here is read again first. */
export const GET = endpoint(async ({ request, locals }) => {
	const { services } = locals;
	const issue = await services.revocationList.read(services.db);
	return documentResponse(request, issue, revokedMaxAgeSeconds);
});
