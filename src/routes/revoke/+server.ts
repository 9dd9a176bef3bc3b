import { requestContext } from '#lib/server/http/client.ts';
import { oauthEndpoint } from '#lib/server/http/oauth-endpoint.ts';
import { revokeToken } from '#lib/server/tokens/revoke.ts';

export const POST = oauthEndpoint(async (event, form) => {
	const revoked = await revokeToken(event.locals.services, form, requestContext(event));
	return revoked.ok ? new Response(null, { headers: { 'cache-control': 'no-store' } }) : revoked;
});
