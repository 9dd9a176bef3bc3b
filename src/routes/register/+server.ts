import { registerUser } from '#lib/server/authentication/register.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import { noStoreJson } from '#lib/server/http/no-store.ts';
import { describeUser } from '#lib/server/users/user.ts';
import * as operation from './operation.ts';

export const POST = endpoint(operation.POST, async ({ services, fields, context }) => {
	const registered = await registerUser(services, { fields }, context);
	if (!registered.ok) return registered;
	const { value } = registered;
	if (value.status === 'verification_sent') return noStoreJson(value, { status: 202 });
	const user = describeUser(value.user, services.config);
	return noStoreJson(user, { status: 201, headers: { location: '/me' } });
});
