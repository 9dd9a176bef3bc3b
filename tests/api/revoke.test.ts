import { createHash } from 'node:crypto';
import {
	allowInsecureRequests,
	ClientSecretBasic,
	None,
	processRevocationResponse,
	revocationRequest
} from 'oauth4webapi';
import { describe, expect, test } from 'vitest';
import {
	claimsOf,
	grantAgain,
	grantTokens,
	meStatus,
	oauthError,
	postForm,
	refreshWith
} from '../support/people/grants.ts';
import { startService } from '../support/service/service.ts';
import { readByHand, secretKeyOf, signByHand } from '../support/people/tokens.ts';
import { useService } from '../support/service/use-service.ts';

const secret = 'a secret of +percent% and ünïcode';
const service = useService({
	env: { CLIENTS: `reports:${createHash('sha256').update(secret).digest('hex')}` }
});
const revoke = (token: string, more: Record<string, string> = {}, headers = {}) =>
	postForm(service, '/revoke', { token, ...more }, headers);
const named = () => service.database.query('select sid from ended_sessions');

test('an access token is revoked immediately, and only that one', async () => {
	const { access, sent } = await grantTokens(service);
	const other = await grantAgain(service, sent);
	expect(await meStatus(service, access)).toBe(200);
	expect(await revoke(access)).toMatchObject({
		status: 200,
		text: '',
		headers: { 'cache-control': 'no-store' }
	});
	expect(await meStatus(service, access)).toBe(401);
	expect(await meStatus(service, other.access)).toBe(200);
});

test('each access token of a password has a session id of its own', async () => {
	const { access, sent } = await grantTokens(service);
	const other = await grantAgain(service, sent);
	const sids = [access, other.access].map((token) => claimsOf(token).sid);
	expect(new Set(sids).size).toBe(2);
	for (const sid of sids) expect(sid).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
});

describe.each([
	['the refresh token', async ({ refresh }: { refresh: string }) => refresh],
	['the access token', async ({ access }: { access: string }) => access],
	['a refresh token that was replaced', replaced]
])('a session ends with %s', (_, choose) => {
	test('for its refresh tokens and its access tokens, and the log says whose it was', async () => {
		const grant = await grantTokens(service, { offline: true });
		const token = await choose(grant);
		const { refresh, access } =
			token === grant.refresh || token === grant.access ? grant : await nextOf(grant.refresh);
		const answer = await revoke(token);
		expect(answer.status).toBe(200);
		expect(await refreshWith(service, refresh)).toMatchObject(oauthError(400, 'invalid_grant'));
		expect(await meStatus(service, grant.access)).toBe(401);
		expect(await meStatus(service, access)).toBe(401);
		const events = () => service.logs().filter((line) => line.request_id === answer.headers['x-request-id']);
		await expect
			.poll(() => events().find(({ event }) => event === 'session.revoked'))
			.toMatchObject({ user_id: grant.user.id });
		expect(service.output()).not.toContain(token);
	});
});

/** The token before the previous one. */
async function replaced({ refresh }: { refresh: string }): Promise<string> {
	await nextOf((await nextOf(refresh)).refresh);
	return refresh;
}

/** Takes the answer of 30 seconds' grace too. */
async function nextOf(token: string): Promise<{ access: string; refresh: string }> {
	const { json } = await refreshWith(service, token);
	return { access: String(json.access_token), refresh: String(json.refresh_token) };
}

describe('200 and nothing else is the answer to', () => {
	const forge = async (claims: object, key = secretKeyOf(service)): Promise<string> => {
		const { access } = await grantTokens(service);
		const read = readByHand(access, secretKeyOf(service));
		return signByHand(read.header, { ...read.claims, ...claims }, key);
	};
	test.for<[string, () => Promise<string>]>([
		['what was never a token', async () => 'x'],
		['something long', async () => 'x'.repeat(16_000)],
		['what looks like a refresh token', async () => `${'x'.repeat(43)}.${'y'.repeat(43)}`],
		['what looks like a JWT', async () => 'a.b.c'],
		['quotes and blanks', async () => `' or 1=1 -- "\t`],
		['a token of another service', () => forge({}, 'another key that is long enough for this')],
		['one that has expired', () => forge({ exp: Math.floor(Date.now() / 1000) - 7 })],
		['one without a session', () => forge({ sid: undefined })],
		['one of a session that cannot be', () => forge({ sid: `ü${'x'.repeat(200)}` })]
	])('%s', async ([, make]) => {
		const token = await make();
		const before = await named();
		for (const hint of [undefined, 'access_token', 'refresh_token', 'unheard_of']) {
			const answer = await revoke(token, hint ? { token_type_hint: hint } : {});
			expect(answer).toMatchObject({ status: 200, text: '' });
		}
		expect(await named()).toEqual(before);
	});

	test('one that was revoked before', async () => {
		const { access } = await grantTokens(service);
		expect((await revoke(access)).status).toBe(200);
		const before = await named();
		expect((await revoke(access)).status).toBe(200);
		expect(await named()).toEqual(before);
	});
});

test.for([['access_token'], ['refresh_token'], ['saml2']])(
	'the hint %s may be wrong',
	async ([hint = '']) => {
		const grant = await grantTokens(service, { offline: true });
		for (const token of [grant.access, grant.refresh]) await revoke(token, { token_type_hint: hint });
		expect(await meStatus(service, grant.access)).toBe(401);
		expect((await refreshWith(service, grant.refresh)).status).toBe(400);
	}
);

describe('a standard client', () => {
	const server = () => ({ issuer: service.origin, revocation_endpoint: `${service.origin}/revoke` });
	test.each([
		['public', { client_id: 'unknown' }, None()],
		['with a secret', { client_id: 'reports' }, ClientSecretBasic(secret)]
	])('%s revokes a token', async (_, client, authentication) => {
		const { access } = await grantTokens(service);
		const options = { [allowInsecureRequests]: true };
		const answer = await revocationRequest(server(), client, authentication, access, options);
		expect(await processRevocationResponse(answer)).toBeUndefined();
		expect(await meStatus(service, access)).toBe(401);
	});
});

test('a session that is revoked fifty times concurrently, on two instances, ends once', async () => {
	const other = await startService({ successorOf: service, env: { ORIGIN: service.origin } });
	for (const offline of [false, true]) {
		const { access } = await grantTokens(service, { offline });
		const answers = await Promise.all(
			Array.from({ length: 50 }, (_, index) =>
				postForm(index % 2 ? service : other, '/revoke', { token: access })
			)
		);
		expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
		expect(await meStatus(other, access)).toBe(401);
		const rows = await service.database.query('select sid from ended_sessions where sid = ?', [
			String(claimsOf(access).sid)
		]);
		expect(rows).toHaveLength(1);
	}
	expect(await other.stop()).toBe(0);
});
