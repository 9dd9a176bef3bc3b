import { changePassword } from '#lib/server/account/change-password.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import { noContent } from '#lib/server/http/no-store.ts';
import * as operation from './operation.ts';

export const POST = endpoint(operation.POST, async ({ services, caller, fields, context }) => {
	const changed = await changePassword(services, { caller, fields }, context);
	return changed.ok ? noContent() : changed;
});
