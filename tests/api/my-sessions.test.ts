import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { send } from '../support/http/api-requests.ts';
import { claimsOf, grantAgain, meStatus, refreshWith } from '../support/people/grants.ts';
import { request } from '../support/http/http.ts';
import { askAs, bearer, loggedIn, type Member, newMember } from '../support/people/member.ts';
import { expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';

const service = useService({ env: { RATE_LIMITS: 'off', ALGORITHM: 'ES256' } });

interface Listed {
	id: string;
	is_current: boolean;
}

const ask = ({ visitor }: Pick<Member, 'visitor'>, operation: string) =>
	askAs({ ...service, visitor }, operation);
async function list(member: Pick<Member, 'visitor'>): Promise<Listed[]> {
	const { status, json } = await ask(member, 'GET /me/sessions');
	expect(status).toBe(200);
	return json.sessions as Listed[];
}
const currentOf = async (member: Pick<Member, 'visitor'>) =>
	(await list(member)).find(({ is_current }) => is_current)?.id ?? '';
const isIn = async (member: Pick<Member, 'visitor'>) => (await member.visitor.get('/account')).status === 200;
const readRevoked = async () => {
	const { json } = await request(service.origin, { path: '/.well-known/revoked.json' });
	return claimsOf(String(json.revoked)).sids as string[];
};

describe('one session is ended', () => {
	test('by a browser, and named in the revocation list', async () => {
		const member = await newMember(service.origin);
		const other = { visitor: await loggedIn(service.origin, member.sent) };
		const id = await currentOf(other);
		const answer = await ask(member, `DELETE /me/sessions/${id}`);
		expect([answer.status, answer.text]).toEqual([204, '']);
		expect([await isIn(member), await isIn(other)]).toEqual([true, false]);
		expect((await list(member)).map((each) => each.id)).toEqual([await currentOf(member)]);
		await expect.poll(readRevoked, { timeout: 5_000 }).toContain(id);
		expectProblem(await ask(member, `DELETE /me/sessions/${id}`), 404, 'not_found');
	});

	test('by an access token: of a program, whose tokens die', async () => {
		const { sent } = await newMember(service.origin);
		const [mine, other] = [
			await grantAgain(service, sent, { offline: true }),
			await grantAgain(service, sent, { offline: true })
		];
		const headers = bearer(mine.access);
		const { json } = await send(service.origin, 'GET /me/sessions', { headers });
		const current = (json.sessions as Listed[])[0];
		expect([current?.is_current, current?.id]).toEqual([true, claimsOf(mine.access).sid]);
		const id = String(claimsOf(other.access).sid);
		expect((await send(service.origin, `DELETE /me/sessions/${id}`, { headers })).status).toBe(204);
		expect((await refreshWith(service, other.refresh)).json.error).toBe('invalid_grant');
		expect([await meStatus(service, other.access), await meStatus(service, mine.access)]).toEqual([401, 200]);
	});

	test('its own, which logs it out', async () => {
		const member = await newMember(service.origin);
		expect((await ask(member, `DELETE /me/sessions/${await currentOf(member)}`)).status).toBe(204);
		expect(await isIn(member)).toBe(false);
	});

	test('but none of another user, nor one that never existed', async () => {
		const [member, stranger] = [await newMember(service.origin), await newMember(service.origin)];
		for (const id of [await currentOf(stranger), randomUUID(), 'x', '%00', `${'a'.repeat(3000)}`]) {
			const answer = await ask(member, `DELETE /me/sessions/${id}`);
			expectProblem(answer, 404, 'not_found');
		}
		expect([await isIn(member), await isIn(stranger)]).toEqual([true, true]);
		expect(await readRevoked()).not.toContain(await currentOf(stranger));
	});

	test('on the page', async () => {
		const member = await newMember(service.origin);
		const other = { visitor: await loggedIn(service.origin, member.sent) };
		const answer = await member.visitor.post('/account/sessions', { session: await currentOf(other) });
		expect([answer.status, answer.headers.location]).toEqual([303, '/account/sessions?done=ended']);
		expect([await isIn(member), await isIn(other)]).toEqual([true, false]);
	});
});

describe('all others are ended', () => {
	test('by a browser, which stays', async () => {
		const [member, stranger] = [await newMember(service.origin), await newMember(service.origin)];
		const other = { visitor: await loggedIn(service.origin, member.sent) };
		const id = await currentOf(other);
		const program = await grantAgain(service, member.sent, { offline: true });
		expect((await ask(member, 'DELETE /me/sessions')).status).toBe(204);
		expect(await Promise.all([member, other, stranger].map(isIn))).toEqual([true, false, true]);
		expect((await refreshWith(service, program.refresh)).status).toBe(400);
		expect(await meStatus(service, program.access)).toBe(401);
		for (const sid of [id, claimsOf(program.access).sid]) {
			await expect.poll(readRevoked, { timeout: 5_000 }).toContain(sid);
		}
		expect(await readRevoked()).not.toContain(await currentOf(member));
		expect((await ask(member, 'DELETE /me/sessions')).status).toBe(204);
	});

	test('by a program, which stays', async () => {
		const member = await newMember(service.origin);
		const program = await grantAgain(service, member.sent, { offline: true });
		const headers = bearer(program.access);
		expect((await send(service.origin, 'DELETE /me/sessions', { headers })).status).toBe(204);
		expect(await isIn(member)).toBe(false);
		expect(await meStatus(service, program.access)).toBe(200);
		expect((await refreshWith(service, program.refresh)).status).toBe(200);
	});

	test('on the page', async () => {
		const member = await newMember(service.origin);
		const other = { visitor: await loggedIn(service.origin, member.sent) };
		const answer = await member.visitor.post('/account/sessions', {});
		expect(answer.headers.location).toBe('/account/sessions?done=others');
		expect([await isIn(member), await isIn(other)]).toEqual([true, false]);
	});
});

test.each([
	'GET /me/sessions',
	'DELETE /me/sessions',
	'DELETE /me/sessions/01a206bc-66b7-7b17-869b-82766c01f172'
])('%s is for who is logged in', async (operation) => {
	expectProblem(await send(service.origin, operation), 401, 'authentication_required');
	expectProblem(await send(service.origin, operation, { headers: bearer('x') }), 401, 'invalid_token');
});
