import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { basicHeader, grantTokens, meStatus, oauthError, postForm } from '../support/people/grants.ts';
import { request } from '../support/http/http.ts';
import { useService } from '../support/service/use-service.ts';

const secret = 'a secret of +percent% and ünïcode';
const service = useService({
	env: { CLIENTS: `reports:${createHash('sha256').update(secret).digest('hex')}` }
});
const revoke = (token: string, more: Record<string, string> = {}, headers = {}) =>
	postForm(service, '/revoke', { token, ...more }, headers);

describe('a revocation is refused as RFC 6749 §5.2 says', () => {
	const post = (options: object) => request(service.origin, { method: 'POST', path: '/revoke', ...options });
	const formType = { 'content-type': 'application/x-www-form-urlencoded' };
	test.for([
		['without a token', { form: { token_type_hint: 'x' } }, 400, 'invalid_request'],
		['with an empty one', { form: { token: '' } }, 400, 'invalid_request'],
		['with two', { headers: formType, body: 'token=a&token=b' }, 400, 'malformed_body'],
		['with a NUL', { headers: formType, body: 'token=%00' }, 400, 'malformed_body'],
		['in JSON', { json: { token: 'x' } }, 415, 'unsupported_media_type'],
		['with too much', { form: { token: 'x'.repeat(16_400) } }, 413, 'body_too_large']
	] as const)('%s', async ([, options, status, code]) => {
		const answer = await post(options);
		expect(answer).toMatchObject(oauthError(status, 'invalid_request', code));
		expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
	});

	const encoded = encodeURIComponent(secret);
	test.for([
		['a wrong secret', basicHeader('reports', 'wrong'), {}],
		['an unknown client', basicHeader('none', encoded), {}],
		['no secret', basicHeader('reports', ''), {}],
		['what is no Basic', { authorization: 'Basic !' }, {}],
		['what cannot be decoded', basicHeader('reports', '%'), {}],
		['another scheme', { authorization: 'Bearer x' }, {}],
		['a wrong secret in the form', {}, { client_id: 'reports', client_secret: 'wrong' }]
	] as const)('for %s, and the token remains valid', async ([, headers, form]) => {
		const { access } = await grantTokens(service);
		const answer = await revoke(access, form, headers);
		expect(answer).toMatchObject(oauthError(401, 'invalid_client'));
		expect(answer.headers['www-authenticate']).toMatch(/^Basic realm="/);
		expect(await meStatus(service, access)).toBe(200);
	});

	test('for a secret in two places', async () => {
		const { access } = await grantTokens(service);
		const form = { client_id: 'reports', client_secret: secret };
		expect(await revoke(access, form, basicHeader('reports', encoded))).toMatchObject(
			oauthError(400, 'invalid_request')
		);
		expect(await meStatus(service, access)).toBe(200);
	});
});
