import { exportAccount } from '#lib/server/account/export-account.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { identifyCaller } from '#lib/server/http/identify-caller.ts';

export const GET = endpoint<ReasonsOf<'GET /me/export'>>(async (event) => {
	const caller = await identifyCaller(event);
	if (!caller.ok) return caller;
	const held = await exportAccount(event.locals.services, caller.value, event.locals.context);
	return new Response(JSON.stringify(held, null, '\t'), {
		headers: {
			'content-type': 'application/json',
			'content-disposition': 'attachment; filename="account.json"',
			'cache-control': 'no-store'
		}
	});
});
