import { createRemoteJWKSet, jwtVerify } from 'jose';
import {
	allowInsecureRequests,
	discoveryRequest,
	processDiscoveryResponse,
	validateJwtAccessToken
} from 'oauth4webapi';
import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { expectProblem } from '../support/http/problem.ts';
import { readHeader } from '../support/people/tokens.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, register } from '../support/people/users.ts';

const keysPath = '/.well-known/jwks.json';
const revokedPath = '/.well-known/revoked.json';
const metadataPath = '/.well-known/oauth-authorization-server';

describe.each([
	['ES256', { kty: 'EC', crv: 'P-256', x: expect.any(String), y: expect.any(String) }],
	['EdDSA', { kty: 'OKP', crv: 'Ed25519', x: expect.any(String) }],
	['RS256', { kty: 'RSA', e: 'AQAB', n: expect.any(String) }]
])('with %s', (algorithm, members) => {
	const service = useService({ env: { ALGORITHM: algorithm } });

	test('every client can read the public key, and nothing else', async () => {
		const { sent } = await register(service.origin);
		const { kid } = readHeader(await accessToken(service.origin, sent));
		const answer = await request(service.origin, { path: keysPath });
		expect(answer.status).toBe(200);
		expect(answer.json).toEqual({ keys: [{ ...members, kid, alg: algorithm, use: 'sig' }] });
	});

	test('a standard client finds it from the origin alone, and verifies a token with it', async () => {
		const issuer = new URL(service.origin);
		const options = { algorithm: 'oauth2', [allowInsecureRequests]: true } as const;
		const server = await processDiscoveryResponse(issuer, await discoveryRequest(issuer, options));
		expect(server.token_endpoint).toBe(`${service.origin}/token`);

		const { sent, user } = await register(service.origin);
		const keys = createRemoteJWKSet(new URL(server.jwks_uri ?? ''));
		const { payload } = await jwtVerify(await accessToken(service.origin, sent), keys, {
			issuer: server.issuer,
			audience: service.origin,
			typ: 'at+jwt',
			algorithms: [algorithm]
		});
		expect(payload).toMatchObject({ sub: user.id, email: sent.email, role: 'user' });

		const headers = { authorization: `Bearer ${await accessToken(service.origin, sent)}` };
		const asked = new Request('https://api.example.org', { headers });
		const claims = await validateJwtAccessToken(server, asked, service.origin, {
			[allowInsecureRequests]: true
		});
		expect(claims.sub).toBe(user.id);
	});
});

describe('with the secret of HS256', () => {
	const service = useService();

	test('no key is published', async () => {
		expect(await request(service.origin, { path: keysPath })).toMatchObject({
			status: 200,
			json: { keys: [] }
		});
	});

	test('the metadata names what there is, and advertises no password grant (RFC 9700 §2.4)', async () => {
		const { json } = await request(service.origin, { path: metadataPath });
		expect(json).toEqual({
			issuer: service.origin,
			token_endpoint: `${service.origin}/token`,
			jwks_uri: `${service.origin}${keysPath}`,
			response_types_supported: [],
			grant_types_supported: ['refresh_token'],
			token_endpoint_auth_methods_supported: ['none'],
			revocation_endpoint: `${service.origin}/revoke`,
			revocation_endpoint_auth_methods_supported: ['none']
		});
	});

	test('the issuer is ORIGIN, whatever Host is asked', async () => {
		const { json } = await request(service.origin, { path: metadataPath, headers: { host: 'evil.example' } });
		expect(json.issuer).toBe(service.origin);
	});

	// The process answers the first of each by itself, the framework all others.
	describe.each([
		[keysPath, 300],
		[keysPath.replace('.json', '%2Ejson'), 300],
		[`${keysPath}?v=2`, 300],
		[revokedPath, 30],
		[revokedPath.replace('.json', '%2Ejson'), 30],
		[metadataPath, 3600]
	])('%s', (path, maxAge) => {
		const get = (headers: Record<string, string> = {}, method = 'GET') =>
			request(service.origin, { path, headers, method });

		test('may be kept by caches and read by scripts of any site', async () => {
			expect((await get()).headers).toMatchObject({
				'content-type': 'application/json',
				'cache-control': `public, max-age=${maxAge}`,
				etag: expect.stringMatching(/^"[\w-]{43}"$/),
				'access-control-allow-origin': '*',
				'x-content-type-options': 'nosniff',
				'x-request-id': expect.any(String)
			});
			expect((await get()).headers['set-cookie']).toBeUndefined();
		});

		test('is not sent again to who has it', async () => {
			const { etag = '', 'cache-control': caching } = (await get()).headers;
			for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
				const answer = await get({ 'if-none-match': known });
				expect(answer, known).toMatchObject({ status: 304, text: '', headers: { etag } });
				expect(answer.headers['cache-control']).toBe(caching);
			}
			for (const other of ['"other"', '', etag.slice(1, -1), 'W/"', `${etag}x`]) {
				expect((await get({ 'if-none-match': other })).status, other).toBe(200);
			}
		});

		test('HEAD is answered without the body', async () => {
			const { text, headers } = await get();
			const head = await get({}, 'HEAD');
			expect(head).toMatchObject({ status: 200, text: '', headers: { etag: headers.etag } });
			expect(head.headers['content-length']).toBe(String(Buffer.byteLength(text)));
		});

		test('is for reading only', async () => {
			const answer = await get({}, 'POST');
			expectProblem(answer, 405, 'method_not_allowed');
			expect(answer.headers.allow).toBe('GET, HEAD');
		});
	});

	test.each([keysPath, revokedPath])('%s is not logged at info level: every verifier asks', async (path) => {
		const { headers } = await request(service.origin, { path });
		await request(service.origin, { path: '/login' });
		expect(service.logs().filter((line) => line.request_id === headers['x-request-id'])).toEqual([]);
	});
});

describe('with ALLOWED_HOSTS', () => {
	const service = useService({ env: { ALLOWED_HOSTS: 'localhost' } });

	test.each([keysPath, revokedPath, metadataPath])('%s is refused to another Host', async (path) => {
		expectProblem(
			await request(service.origin, { path, headers: { host: 'evil.example' } }),
			400,
			'host_not_allowed'
		);
		expect((await request(service.origin, { path })).status).toBe(200);
	});
});
