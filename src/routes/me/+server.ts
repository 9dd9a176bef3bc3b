import { readBearerToken } from '#lib/server/http/bearer.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { refuse } from '#lib/server/outcome.ts';
import { identifyByToken } from '#lib/server/tokens/identify.ts';
import { describeUser, type User } from '#lib/server/users/user.ts';

export const GET = endpoint<ReasonsOf<'GET /me'>>(async ({ request, locals }) => {
	const token = readBearerToken(request.headers.get('authorization'));
	if (!token.ok) return token;
	if (token.value === undefined) return locals.user ? answer(locals.user) : refuse('authentication_required');
	const identified = await identifyByToken(locals.services, token.value);
	if (!identified.ok) locals.record('token.refused', { reason: identified.reason });
	return identified.ok ? answer(identified.value) : identified;
});

function answer(user: User): Response {
	return Response.json(describeUser(user), { headers: { 'cache-control': 'no-store' } });
}
