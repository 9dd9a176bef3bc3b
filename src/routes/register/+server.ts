import { jsonType, readFields } from '#lib/server/http/body.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { registerUser } from '#lib/server/authentication/register.ts';
import { describeUser } from '#lib/server/users/user.ts';

export const POST = endpoint<ReasonsOf<'POST /register'>>(async (event) => {
	const { request, locals } = event;
	const fields = await readFields(request, [jsonType]);
	if (!fields.ok) return fields;
	const registered = await registerUser(locals.services, { fields: fields.value }, event.locals.context);
	if (!registered.ok) return registered;
	if (registered.value.status === 'verification_sent') {
		return Response.json(
			{ status: 'verification_sent' },
			{ status: 202, headers: { 'cache-control': 'no-store' } }
		);
	}
	return Response.json(describeUser(registered.value.user, locals.services.config), {
		status: 201,
		headers: { location: '/me', 'cache-control': 'no-store' }
	});
});
