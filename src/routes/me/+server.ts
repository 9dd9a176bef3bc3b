import { changeNames } from '#lib/server/account/change-names.ts';
import { requestDeletion } from '#lib/server/account/delete-account.ts';
import { jsonType, readFields } from '#lib/server/http/body.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { describeUser } from '#lib/server/users/user.ts';
import { identifyCaller } from '#lib/server/http/identify-caller.ts';
import { noStoreJson } from '#lib/server/http/no-store.ts';

export const GET = endpoint<ReasonsOf<'GET /me'>>(async (event) => {
	const caller = await identifyCaller(event);
	if (!caller.ok) return caller;
	return noStoreJson(describeUser(caller.value.user, event.locals.services.config));
});

export const PATCH = endpoint<ReasonsOf<'PATCH /me'>>(async (event) => {
	const { locals, request } = event;
	const fields = await readFields(request, [jsonType]);
	if (!fields.ok) return fields;
	const caller = await identifyCaller(event);
	if (!caller.ok) return caller;
	const input = { user: caller.value.user, fields: fields.value };
	const changed = await changeNames(locals.services, input, event.locals.context);
	return changed.ok ? noStoreJson(describeUser(changed.value, locals.services.config)) : changed;
});

export const DELETE = endpoint<ReasonsOf<'DELETE /me'>>(async (event) => {
	const { locals, request } = event;
	const fields = await readFields(request, [jsonType], { mayBeAbsent: true });
	if (!fields.ok) return fields;
	const caller = await identifyCaller(event);
	if (!caller.ok) return caller;
	const input = { caller: caller.value, fields: fields.value };
	const requested = await requestDeletion(locals.services, input, event.locals.context);
	if (!requested.ok) return requested;
	return noStoreJson({ deletes_at: new Date(requested.value.deletesAt).toISOString() }, 202);
});
