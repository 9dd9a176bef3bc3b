import { changePassword } from '#lib/server/account/change-password.ts';
import { jsonType, readFields } from '#lib/server/http/body.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { identifyCaller } from '#lib/server/http/identify-caller.ts';
import { noContent } from '#lib/server/http/no-store.ts';

export const POST = endpoint<ReasonsOf<'POST /me/password'>>(async (event) => {
	const fields = await readFields(event.request, [jsonType]);
	if (!fields.ok) return fields;
	const caller = await identifyCaller(event);
	if (!caller.ok) return caller;
	const input = { caller: caller.value, fields: fields.value };
	const changed = await changePassword(event.locals.services, input, event.locals.context);
	return changed.ok ? noContent() : changed;
});
