import { changeNames } from '#lib/server/account/change-names.ts';
import { requestDeletion } from '#lib/server/account/delete-account.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import { noStoreJson } from '#lib/server/http/no-store.ts';
import { describeUser } from '#lib/server/users/user.ts';
import * as operation from './operation.ts';

export const GET = endpoint(operation.GET, async ({ services, caller }) =>
	noStoreJson(describeUser(caller.user, services.config))
);

export const PATCH = endpoint(operation.PATCH, async ({ services, caller, fields, context }) => {
	const changed = await changeNames(services, { user: caller.user, fields }, context);
	return changed.ok ? noStoreJson(describeUser(changed.value, services.config)) : changed;
});

export const DELETE = endpoint(operation.DELETE, async ({ services, caller, fields, context }) => {
	const requested = await requestDeletion(services, { caller, fields }, context);
	if (!requested.ok) return requested;
	const deletesAt = new Date(requested.value.deletesAt).toISOString();
	return noStoreJson({ deletes_at: deletesAt }, { status: 202 });
});
