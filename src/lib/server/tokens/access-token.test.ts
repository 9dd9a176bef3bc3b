import { describe, expect, test } from 'vitest';
import { readByHand, signByHand } from '../../../../tests/support/people/tokens.ts';
import type { User } from '../users/user.ts';
import { createTokenSigner, issueAccessToken, verifyAccessToken } from './access-token.ts';

const secretKey = 'a key of sixty-four bytes, ünïcode too, for every algorithm 0123456789';
const settings = {
	secretKey,
	algorithm: 'HS256',
	issuer: 'https://id.example.org',
	audience: 'api'
} as const;
const signer = createTokenSigner(settings);
const now = new Date('2026-03-01T12:00:00.750Z');
const nowSeconds = 1_772_366_400;
const user: User = {
	id: '0195511e-7e40-7000-8000-000000000001',
	email: 'ada@example.org',
	first_name: 'Ada',
	last_name: 'Lovelace',
	role: 'user',
	created_at: 0,
	email_verified_at: null
};

const header = { alg: 'HS256', typ: 'at+jwt' };
const claims = {
	iss: settings.issuer,
	sub: user.id,
	aud: settings.audience,
	iat: nowSeconds,
	exp: nowSeconds + 900,
	jti: 'one'
};
const verify = (token: string, at = now) => verifyAccessToken(signer, token, at);
const without = (name: keyof typeof claims) => ({ ...claims, [name]: undefined });
const accepted = { ok: true, value: { userId: user.id, issuedAt: nowSeconds } };
const refused = { ok: false, reason: 'invalid_token' };

describe('an issued token', () => {
	test.for(['HS256', 'HS384', 'HS512'] as const)(
		'is signed with %s and the UTF-8 bytes of the key',
		async (algorithm) => {
			const token = await issueAccessToken(createTokenSigner({ ...settings, algorithm }), user, now);
			expect(readByHand(token, secretKey)).toEqual({
				header: { alg: algorithm, typ: 'at+jwt' },
				claims: {
					...claims,
					email: user.email,
					role: user.role,
					client_id: 'public',
					jti: expect.stringMatching(/^[\da-f-]{36}$/)
				},
				isGenuine: true
			});
		}
	);

	test('has a unique id', async () => {
		const [one, other] = await Promise.all([
			issueAccessToken(signer, user, now),
			issueAccessToken(signer, user, now)
		]);
		expect(readByHand(one, secretKey).claims.jti).not.toBe(readByHand(other, secretKey).claims.jti);
	});
});

describe('a token is accepted', () => {
	test.for([
		['made by hand', signByHand(header, claims, secretKey)],
		['with its members in another order', signByHand({ typ: 'at+jwt', alg: 'HS256' }, claims, secretKey)],
		[
			'with its type written in full (RFC 9068 §2.1)',
			signByHand({ ...header, typ: 'application/at+jwt' }, claims, secretKey)
		],
		['for several audiences', signByHand(header, { ...claims, aud: ['other', 'api'] }, secretKey)]
	])('%s', async ([, token = '']) => {
		expect(await verify(token)).toEqual(accepted);
	});

	test.for([[0], [899], [900], [904]])('%d s after it was issued', async ([seconds = 0]) => {
		const at = new Date((nowSeconds + seconds) * 1000);
		expect(await verify(signByHand(header, claims, secretKey), at)).toEqual(accepted);
	});
});

describe('a token is refused', () => {
	const genuine = signByHand(header, claims, secretKey);
	const [head, body, signature = ''] = genuine.split('.');
	const otherBody = signByHand(header, { ...claims, sub: 'another user' }, secretKey).split('.')[1];
	test.for([
		['of alg none', signByHand({ ...header, alg: 'none' }, claims, secretKey)],
		['of alg None', signByHand({ ...header, alg: 'None' }, claims, secretKey)],
		['of another HMAC', signByHand({ ...header, alg: 'HS512' }, claims, secretKey)],
		['of an algorithm with another key type', signByHand({ ...header, alg: 'RS256' }, claims, secretKey)],
		['without an algorithm', signByHand({ typ: 'at+jwt' }, claims, secretKey)],
		['of another key', signByHand(header, claims, `${secretKey}!`)],
		['of an empty key', signByHand(header, claims, '')],
		['without a signature', `${head}.${body}.`],
		['of two parts', `${head}.${body}`],
		['with a changed signature', `${head}.${body}.${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`],
		['with a shortened signature', genuine.slice(0, -2)],
		['with the body of another', `${head}.${otherBody}.${signature}`],
		['of type JWT', signByHand({ ...header, typ: 'JWT' }, claims, secretKey)],
		['without a type', signByHand({ alg: 'HS256' }, claims, secretKey)],
		['with a critical extension', signByHand({ ...header, crit: ['x'], x: 1 }, claims, secretKey)],
		['of another issuer', signByHand(header, { ...claims, iss: 'https://id.example.com' }, secretKey)],
		['for another audience', signByHand(header, { ...claims, aud: 'other' }, secretKey)],
		['not valid yet', signByHand(header, { ...claims, nbf: nowSeconds + 60 }, secretKey)],
		['with an end that is text', signByHand(header, { ...claims, exp: '9999999999' }, secretKey)],
		['with a subject that is a number', signByHand(header, { ...claims, sub: 7 }, secretKey)],
		...(['iss', 'sub', 'aud', 'exp', 'iat', 'jti'] as const).map((name) => [
			`without ${name}`,
			signByHand(header, without(name), secretKey)
		]),
		['whose claims are a list', `${head}.${Buffer.from('[]').toString('base64url')}.${signature}`],
		['that is empty', ''],
		['that is not a JWT', 'a.b.c']
	])('%s', async ([, token = '']) => {
		expect(await verify(token)).toEqual(refused);
	});

	test.for([[905], [906], [3600]])('%d s after it was issued', async ([seconds = 0]) => {
		const at = new Date((nowSeconds + seconds) * 1000);
		expect(await verify(signByHand(header, claims, secretKey), at)).toEqual(refused);
	});
});

describe('a token that was already verified', () => {
	const token = signByHand(header, { ...claims, jti: 'again' }, secretKey);
	const at = (seconds: number) => new Date((nowSeconds + seconds) * 1000);

	test('is accepted again until the second in which it expires, and never after', async () => {
		const answers = [];
		for (const seconds of [0, 904, 905, 0, 3600]) answers.push(await verify(token, at(seconds)));
		expect(answers).toEqual([accepted, accepted, refused, accepted, refused]);
	});

	test('is unknown to a signer with another key', async () => {
		expect(await verify(token)).toEqual(accepted);
		const other = createTokenSigner({ ...settings, secretKey: `${secretKey}!` });
		expect(await verifyAccessToken(other, token, now)).toEqual(refused);
	});

	test('does not make a token with the same beginning valid', async () => {
		expect(await verify(token)).toEqual(accepted);
		expect(await verify(`${token.slice(0, -1)}${token.endsWith('A') ? 'Q' : 'A'}`)).toEqual(refused);
	});

	test('is refused before its nbf when the clock is set back', async () => {
		const later = signByHand(header, { ...claims, nbf: nowSeconds + 60 }, secretKey);
		expect(await verify(later, at(60))).toEqual(accepted);
		expect(await verify(later, at(0))).toEqual(refused);
	});
});
