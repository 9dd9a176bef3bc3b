import { createHash } from 'node:crypto';
import {
	allowInsecureRequests,
	ClientSecretBasic,
	ClientSecretPost,
	introspectionRequest,
	processIntrospectionResponse
} from 'oauth4webapi';
import { describe, expect, test } from 'vitest';
import {
	basicHeader,
	claimsOf,
	grantTokens,
	oauthError,
	postForm,
	refreshWith
} from '../support/people/grants.ts';
import { runCli } from '../support/service/cli.ts';
import { request } from '../support/http/http.ts';
import { startService } from '../support/service/service.ts';
import { secretKeyOf, readByHand, signByHand } from '../support/people/tokens.ts';
import { useService } from '../support/service/use-service.ts';

const secret = 'a secret of +percent% and ünïcode';
const next = 'the secret that comes after it';
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const service = useService({
	env: { CLIENTS: `reports:${hash(secret)},\n  reports:${hash(next).toUpperCase()}\n` }
});
const asClient = basicHeader('reports', encodeURIComponent(secret));
const introspect = (token: string, more: Record<string, string> = {}) =>
	postForm(service, '/introspect', { token, ...more }, asClient);
const nothing = { status: 200, text: '{"active":false}' };

test('an access token is described to a client', async () => {
	const { access, sent, user } = await grantTokens(service);
	const { iat, exp, jti, sid } = claimsOf(access);
	const answer = await introspect(access);
	expect(answer.json).toMatchObject({
		active: true,
		token_type: 'Bearer',
		iss: service.origin,
		aud: service.origin,
		sub: user.id,
		username: sent.email,
		client_id: 'public',
		...{ iat, exp, jti, sid }
	});
	expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
});

test('a refresh token is described as one, and is not used up', async () => {
	const { access, refresh, sent, user } = await grantTokens(service, { offline: true });
	const { json } = await introspect(refresh);
	expect(json).toEqual({
		active: true,
		token_type: 'refresh_token',
		iss: service.origin,
		sub: user.id,
		username: sent.email,
		sid: claimsOf(access).sid,
		iat: expect.any(Number),
		exp: expect.any(Number)
	});
	expect(Number(json.exp) - Number(json.iat)).toBe(7 * 24 * 60 * 60);
	expect((await refreshWith(service, refresh)).status).toBe(200);
});

test('a replaced refresh token is not active, and its session remains valid', async () => {
	const { refresh } = await grantTokens(service, { offline: true });
	const { json } = await refreshWith(service, refresh);
	expect(await introspect(refresh)).toMatchObject(nothing);
	expect((await introspect(String(json.refresh_token))).json).toMatchObject({ active: true });
});

describe('exactly {"active":false} is the answer to', () => {
	test.for([
		['what was never a token', 'x'],
		['something long', 'x'.repeat(16_000)],
		['what looks like a JWT', 'a.b.c'],
		['what looks like a refresh token', `${'x'.repeat(43)}.${'y'.repeat(43)}`]
	] as const)('%s', async ([, token]) => {
		for (const token_type_hint of ['access_token', 'refresh_token', 'unheard_of']) {
			expect(await introspect(token, { token_type_hint })).toMatchObject(nothing);
		}
	});

	test('an expired or a foreign token', async () => {
		const { access } = await grantTokens(service);
		const key = secretKeyOf(service);
		const { header, claims } = readByHand(access, key);
		const late = signByHand(header, { ...claims, exp: Math.floor(Date.now() / 1000) - 7 }, key);
		expect(await introspect(late)).toMatchObject(nothing);
		expect(await introspect(signByHand(header, claims, `${key}!`))).toMatchObject(nothing);
	});

	test('the tokens of an ended session', async () => {
		const { access, refresh } = await grantTokens(service, { offline: true });
		expect((await introspect(access)).json).toMatchObject({ active: true });
		await postForm(service, '/revoke', { token: refresh });
		for (const token of [access, refresh]) expect(await introspect(token)).toMatchObject(nothing);
	});

	test('the tokens of a user who is gone', async () => {
		const { access, refresh, user } = await grantTokens(service, { offline: true });
		await service.database.query('delete from users where id = ?', [String(user.id)]);
		for (const token of [access, refresh]) expect(await introspect(token)).toMatchObject(nothing);
	});
});

describe('only a registered client can introspect', () => {
	test.for([
		['without credentials', {}],
		['with a wrong secret', basicHeader('reports', 'wrong')],
		['with the hash for the secret', basicHeader('reports', hash(secret))],
		['as another client', basicHeader('Reports', encodeURIComponent(secret))],
		['with an access token', { authorization: 'Bearer x' }]
	] as const)('%s', async ([, headers]) => {
		const { access } = await grantTokens(service);
		const answer = await postForm(service, '/introspect', { token: access }, headers);
		expect(answer).toMatchObject(oauthError(401, 'invalid_client'));
		expect(answer.headers['www-authenticate']).toMatch(/^Basic realm="/);
	});

	test('without registered clients, introspection is refused', async () => {
		const alone = await startService();
		const { access } = await grantTokens(alone);
		const answer = await postForm(alone, '/introspect', { token: access }, asClient);
		expect(answer).toMatchObject(oauthError(401, 'invalid_client'));
		expect(await alone.stop()).toBe(0);
	});
});

test('a token has to be sent', async () => {
	const answer = await postForm(service, '/introspect', {}, asClient);
	expect(answer).toMatchObject(oauthError(400, 'invalid_request'));
});

test.each([
	['in HTTP Basic', ClientSecretBasic(secret)],
	['in the form', ClientSecretPost(secret)],
	['that comes after it', ClientSecretBasic(next)]
])('a standard client finds the endpoint, and shows its secret %s', async (_, authentication) => {
	const { access, user } = await grantTokens(service);
	const { json } = await request(service.origin, { path: '/.well-known/oauth-authorization-server' });
	const methods = ['client_secret_basic', 'client_secret_post'];
	expect(json).toMatchObject({
		introspection_endpoint_auth_methods_supported: methods,
		revocation_endpoint_auth_methods_supported: ['none', ...methods]
	});
	const [server, client] = [{ ...json, issuer: service.origin }, { client_id: 'reports' }];
	const options = { [allowInsecureRequests]: true };
	const answer = await introspectionRequest(server, client, authentication, access, options);
	expect(await processIntrospectionResponse(server, client, answer)).toMatchObject({
		active: true,
		sub: user.id
	});
});

test('the command makes a client that is told', async () => {
	const { status, stdout } = await runCli(['clients', 'new', 'billing']);
	expect(status).toBe(0);
	const [, made = ''] = /^ {2}billing\n {2}([\w-]{43})\n/m.exec(stdout) ?? [];
	const [, CLIENTS] = /^ {2}CLIENTS=(.*)$/m.exec(stdout) ?? [];
	const other = await startService({ env: { CLIENTS } });
	const { access } = await grantTokens(other);
	const answer = await postForm(other, '/introspect', { token: access }, basicHeader('billing', made));
	expect(answer.json).toMatchObject({ active: true });
	expect(await other.stop()).toBe(0);
});

test.each([[[]], [['new']], [['old', 'x']], [['new', 'a:b']], [['new', 'a', 'b']]])(
	'"clients %s" is answered with the usage and status 2',
	async (args) => {
		expect(await runCli(['clients', ...args])).toMatchObject({
			status: 2,
			stderr: expect.stringContaining('usage: npm run clients')
		});
	}
);
