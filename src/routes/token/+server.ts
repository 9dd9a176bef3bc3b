import { formType, jsonType, readFields } from '#lib/server/http/body.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import { isOauthError, oauthErrorResponse } from '#lib/server/http/problem.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { exchangeTokens } from '#lib/server/authentication/exchange-tokens.ts';

export const POST = endpoint<ReasonsOf<'POST /token'>>(async (event) => {
	const { request, locals } = event;
	const fields = await readFields(request, [jsonType, formType]);
	if (!fields.ok) return fields;
	const exchanged = await exchangeTokens(locals.services, fields.value, event.locals.context);
	if (exchanged.ok) return Response.json(exchanged.value, { headers: { 'cache-control': 'no-store' } });
	return isOauthError(exchanged.reason) ? oauthErrorResponse(exchanged, locals.requestId) : exchanged;
});
