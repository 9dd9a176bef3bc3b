import { requestContext } from '#lib/server/http/client.ts';
import { oauthEndpoint } from '#lib/server/http/oauth-endpoint.ts';
import { introspectToken } from '#lib/server/tokens/introspect.ts';

export const POST = oauthEndpoint(async (event, form) => {
	const introspected = await introspectToken(event.locals.services, form, requestContext(event));
	return introspected.ok
		? Response.json(introspected.value, { headers: { 'cache-control': 'no-store' } })
		: introspected;
});
