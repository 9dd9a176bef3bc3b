import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { claimsOf, grantTokens, meStatus, postForm, refreshWith } from '../support/people/grants.ts';
import { request } from '../support/http/http.ts';
import { startService } from '../support/service/service.ts';
import { secretKeyOf } from '../support/people/tokens.ts';
import { useService } from '../support/service/use-service.ts';
import { register } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const listPath = '/.well-known/revoked.json';
const service = useService({ env: { ALGORITHM: 'ES256' } });

/** As another service reads it. */
async function readList({ origin } = service, issuer = service.origin) {
	const { json } = await request(origin, { path: listPath });
	const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', origin));
	const { payload } = await jwtVerify(String(json.revoked), keys, {
		algorithms: ['ES256'],
		typ: 'revoked+jwt',
		issuer
	});
	return payload as { sids: string[]; since: number; iat: number; exp: number };
}
const namedBy = async (at = service) => (await readList(at)).sids;
const sessionIdOf = async (userId: unknown) => {
	const [row] = await service.database.query('select id from sessions where user_id = ?', [String(userId)]);
	return String(row?.id);
};

/** Acts that end a session; each answers the id of one. */
const acts: Record<string, () => Promise<string>> = {
	'revoking an access token': async () => {
		const { access } = await grantTokens(service);
		await postForm(service, '/revoke', { token: access });
		return String(claimsOf(access).sid);
	},
	'revoking a refresh token': async () => {
		const { access, refresh } = await grantTokens(service, { offline: true });
		await postForm(service, '/revoke', { token: refresh });
		return String(claimsOf(access).sid);
	},
	'using a refresh token again': async () => {
		const { access, refresh } = await grantTokens(service, { offline: true });
		const { json } = await refreshWith(service, refresh);
		await refreshWith(service, String(json.refresh_token));
		expect((await refreshWith(service, refresh)).status).toBe(400);
		expect(await meStatus(service, access)).toBe(401);
		return String(claimsOf(access).sid);
	},
	'logging out': async () => {
		const { visitor, sid } = await visit();
		await visitor.post('/logout', {});
		return sid;
	},
	'logging in again': async () => {
		const { visitor, sid, sent } = await visit();
		await visitor.post('/login', sent);
		return sid;
	}
};

async function visit() {
	const { sent, user } = await register(service.origin);
	const visitor = newVisitor(service.origin);
	const { email, password } = sent;
	await visitor.post('/login', { email, password });
	return { visitor, sid: await sessionIdOf(user.id), sent: { email, password } };
}

test.each(Object.keys(acts))('%s names the session, on every instance', async (name) => {
	const sid = await acts[name]?.();
	await expect.poll(() => namedBy()).toContain(sid);
	const other = await startService({
		successorOf: service,
		env: { ALGORITHM: 'ES256', ORIGIN: service.origin }
	});
	expect(await namedBy(other)).toContain(sid);
	expect(await other.stop()).toBe(0);
});

test('names no valid session, and nothing of a session token', async () => {
	const { access } = await grantTokens(service, { offline: true });
	const { visitor, sid } = await visit();
	const token = visitor.cookies.get('session') ?? '';
	await visitor.post('/logout', {});
	await expect.poll(() => namedBy()).toContain(sid);
	expect(await namedBy()).not.toContain(claimsOf(access).sid);
	expect(sid).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
	expect(JSON.stringify(await namedBy())).not.toContain(token);
});

test('says until when it is valid, and that it is complete for every token that can be', async () => {
	const { iat, exp, since } = await readList();
	expect(exp - iat).toBe(300);
	expect(iat - since).toBe(20 * 60);
	expect(Math.abs(Date.now() / 1000 - iat)).toBeLessThan(200);
});

test('stays the same for caches while nothing ends', async () => {
	await acts['revoking an access token']?.();
	// Until it is read again.
	await new Promise((resolve) => setTimeout(resolve, 2_100));
	const first = await request(service.origin, { path: listPath });
	await new Promise((resolve) => setTimeout(resolve, 2_100));
	const headers = { 'if-none-match': String(first.headers.etag) };
	expect(await request(service.origin, { path: listPath, headers })).toMatchObject({
		status: 304,
		headers: { 'cache-control': 'public, max-age=30' }
	});
});

test('is not taken for an access token', async () => {
	const { json } = await request(service.origin, { path: listPath });
	expect(await meStatus(service, String(json.revoked))).toBe(401);
});

describe('with HS256', () => {
	const shared = useService();

	test('a client that has the secret can verify it', async () => {
		const { access } = await grantTokens(shared);
		await postForm(shared, '/revoke', { token: access });
		const read = async () => {
			const { json } = await request(shared.origin, { path: listPath });
			const key = new TextEncoder().encode(secretKeyOf(shared));
			const options = { algorithms: ['HS256'], typ: 'revoked+jwt', issuer: shared.origin };
			return (await jwtVerify(String(json.revoked), key, options)).payload.sids;
		};
		await expect.poll(read).toEqual([claimsOf(access).sid]);
	});
});
