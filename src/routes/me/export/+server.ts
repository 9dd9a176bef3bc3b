import { exportAccount } from '#lib/server/account/export-account.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import * as operation from './operation.ts';

export const GET = endpoint(operation.GET, async ({ services, caller, context }) => {
	const exported = await exportAccount(services, caller, context);
	return new Response(JSON.stringify(exported, null, '\t'), {
		headers: {
			'content-type': 'application/json',
			'content-disposition': 'attachment; filename="account.json"',
			'cache-control': 'no-store'
		}
	});
});
