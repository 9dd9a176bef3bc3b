import { oauthEndpoint } from '#lib/server/http/oauth-endpoint.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { revokeToken } from '#lib/server/tokens/revoke.ts';

export const POST = oauthEndpoint<ReasonsOf<'POST /revoke'>>(async (event, form) => {
	const revoked = await revokeToken(event.locals.services, form, event.locals.context);
	return revoked.ok ? new Response(null, { headers: { 'cache-control': 'no-store' } }) : revoked;
});
