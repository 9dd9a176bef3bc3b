import { endpoint } from '#lib/server/http/endpoint.ts';
import { revokeToken } from '#lib/server/tokens/revoke.ts';
import * as operation from './operation.ts';

export const POST = endpoint(operation.POST, async ({ services, fields, credentials, context }) => {
	const revoked = await revokeToken(services, { fields, credentials }, context);
	return revoked.ok ? new Response(null, { headers: { 'cache-control': 'no-store' } }) : revoked;
});
