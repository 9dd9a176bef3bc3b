import { oauthEndpoint } from '#lib/server/http/oauth-endpoint.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { introspectToken } from '#lib/server/tokens/introspect.ts';

export const POST = oauthEndpoint<ReasonsOf<'POST /introspect'>>(async (event, form) => {
	const introspected = await introspectToken(event.locals.services, form, event.locals.context);
	return introspected.ok
		? Response.json(introspected.value, { headers: { 'cache-control': 'no-store' } })
		: introspected;
});
