import fc from 'fast-check';
import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../../../tests/support/fuzz/properties.ts';
import { signByHand } from '../../../../tests/support/people/tokens.ts';
import { createTokenSigner, verifyAccessToken } from './access-token.ts';

const secretKey = 'a key of sixty-four bytes, long enough for every algorithm 0123456789';
const settings = { secretKey, algorithm: 'HS256', issuer: 'https://id.example', audience: 'api' } as const;
const signer = createTokenSigner(settings);
const now = new Date('2026-03-01T12:00:00.750Z');
const iat = Math.floor(now.getTime() / 1000);
const header = { alg: 'HS256', typ: 'at+jwt' };
const claims = { iss: settings.issuer, sub: 'ada', aud: 'api', iat, exp: iat + 900, jti: 'one' };
const genuine = signByHand(header, claims, secretKey);
const [head = '', body = '', signature = ''] = genuine.split('.');

const verify = (token: string) => verifyAccessToken(signer, token, now);
const refused = { ok: false, reason: 'invalid_token' };
const encode = (text: string) => Buffer.from(text).toString('base64url');
const base64urlCharacters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

test('the genuine token is accepted', async () => {
	expect(await verify(genuine)).toMatchObject({ ok: true });
});

describe('a changed token is refused', () => {
	test('for a change of any bit, even of one that base64 ignores', async () => {
		for (let at = 0; at < genuine.length; at++) {
			for (let bit = 0; bit < 7; bit++) {
				const other = String.fromCharCode(genuine.charCodeAt(at) ^ (1 << bit));
				expect(await verify(genuine.slice(0, at) + other + genuine.slice(at + 1)), `${at}, ${bit}`).toEqual(
					refused
				);
			}
		}
	});

	test('for a change of any character of the signature', async () => {
		for (const [at, own] of [...signature].entries()) {
			for (const character of base64urlCharacters.filter((each) => each !== own)) {
				const other = signature.slice(0, at) + character + signature.slice(at + 1);
				expect(await verify(`${head}.${body}.${other}`), other).toEqual(refused);
			}
		}
	});

	test('when it is shortened, lengthened or has an exchanged part', () =>
		fc.assert(
			fc.asyncProperty(fc.nat(genuine.length - 1), anyText(8), fc.nat(2), async (at, text, kind) => {
				fc.pre(text !== '');
				const cut = genuine.slice(0, at);
				expect(await verify(cut)).toEqual(refused);
				const inserted = cut + text + genuine.slice(at);
				expect(await verify(inserted === genuine ? '' : inserted)).toEqual(refused);
				const parts = [head, body, signature];
				parts[kind] = parts[(kind + 1) % 3] ?? '';
				expect(await verify(parts.join('.'))).toEqual(refused);
			})
		));

	test.for([
		['padded', `${genuine}=`],
		['written in the alphabet of plain base64', `${head}.${body}.${signature.replace(/[-_]/, '+')}+`],
		['between blanks', ` ${genuine}\n`],
		['with a blank in the signature', `${head}.${body}.${signature.slice(0, 9)} ${signature.slice(9)}`],
		['with an additional part', `${genuine}.${signature}`]
	] as const)('when it is %s', async ([, token]) => {
		expect(await verify(token)).toEqual(refused);
	});
});

describe('a forged header is refused:', () => {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
	const jwk = { ...publicKey.export({ format: 'jwk' }) };
	const asymmetric = (alg: string, padding: number) => {
		const signed = `${encode(JSON.stringify({ ...header, alg, jwk }))}.${body}`;
		return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, padding }).toString('base64url')}`;
	};
	const algorithms = [
		...['none', 'None', 'NONE', 'nOnE', '', 'hs256', 'HS1', 'HS384', 'HS512', 'HS256 ', 'HS256\0'],
		...['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519', 'dir', 'A128KW', 'HMAC', 'SHA256']
	];

	test.for(algorithms)('alg %j with each kind of signature', async (alg) => {
		const changed = `${encode(JSON.stringify({ ...header, alg }))}.${body}`;
		const signatures = ['', '.', signature, signByHand({ ...header, alg }, claims, secretKey).split('.')[2]];
		for (const each of signatures) expect(await verify(`${changed}.${each}`)).toEqual(refused);
	});

	test('a key in the token, and a public key as the secret', async () => {
		expect(await verify(asymmetric('RS256', constants.RSA_PKCS1_PADDING))).toEqual(refused);
		expect(await verify(asymmetric('PS256', constants.RSA_PKCS1_PSS_PADDING))).toEqual(refused);
		const oct = { kty: 'oct', k: encode('attacker'), alg: 'HS256' };
		for (const extra of [
			{ jwk: oct },
			{ jku: 'http://127.0.0.1:9/', x5u: 'http://127.0.0.1:9/' },
			{ kid: '../../dev/null' },
			{ x5c: [pem] }
		]) {
			for (const key of ['attacker', '', pem]) {
				expect(await verify(signByHand({ ...header, ...extra }, claims, key))).toEqual(refused);
			}
		}
	});

	test.for([
		[{ crit: ['exp'] }],
		[{ crit: [] }],
		[{ crit: 'b64' }],
		[{ crit: ['b64'], b64: false }],
		[{ crit: ['b64'], b64: true, typ: 'JWT' }],
		[{ crit: ['__proto__'] }],
		[{ b64: false, crit: ['b64', 'b64'] }]
	])('%j, even if it is signed with the key', async ([extra]) => {
		expect(await verify(signByHand({ ...header, ...extra }, claims, secretKey))).toEqual(refused);
	});
});

describe('a token that is signed with the key', () => {
	const wrong = fc.oneof(
		fc.constantFrom(null, true, '', [], {}, -1, 1e300, -0, 'null', '0', [null]),
		fc.jsonValue({ maxDepth: 2 })
	);

	test('is refused, or valid as it says, with a claim of any type', () =>
		fc.assert(
			fc.asyncProperty(
				fc.constantFrom('iss', 'sub', 'aud', 'iat', 'exp', 'nbf'),
				wrong,
				async (name, value) => {
					const outcome = await verify(signByHand(header, { ...claims, [name]: value }, secretKey));
					if (!outcome.ok) expect(outcome).toEqual(refused);
					else if (name === 'sub') expect(outcome.value.userId).toBe(value);
					else if (name === 'aud') expect([value].flat()).toContain('api');
					else if (name === 'iss') expect(value).toBe(settings.issuer);
					else expect(typeof value).toBe('number');
				}
			)
		));

	test('is refused with any other value of typ or alg', () =>
		fc.assert(
			fc.asyncProperty(fc.constantFrom('typ', 'alg'), wrong, async (name, value) => {
				// The signature is correct for the configured algorithm, for any algorithm in the header.
				const changed = signByHand({ ...header, [name]: value }, claims, secretKey);
				const forged = `${changed.split('.').slice(0, 2).join('.')}.${signature}`;
				for (const token of [changed, forged]) expect(await verify(token)).toEqual(refused);
			})
		));

	test('is refused if it contains a token', async () => {
		let nested = genuine;
		for (let depth = 0; depth < 20; depth++) {
			const signed = signByHand({ ...header, cty: 'JWT' }, { jwt: nested }, secretKey);
			expect(await verify(signed)).toEqual(refused);
			expect(await verify(`${head}.${encode(nested)}.${signature}`)).toEqual(refused);
			nested = depth < 8 ? signed : nested;
		}
	});
});

test('parts of any text, bytes or JSON are refused without an exception', () => {
	const part = fc.oneof(
		fc.constantFrom(head, body, signature, '', '=', '%00', '....'),
		anyText(40),
		fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
		fc.json({ maxDepth: 3 }).map(encode)
	);
	return fc.assert(
		fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
			fc.pre(parts.join('.') !== genuine);
			expect(await verify(parts.join('.'))).toEqual(refused);
		})
	);
});

test('a token of 100 KiB is refused quickly, whichever part is large', async () => {
	const weight = 'A'.repeat(100 * 1024);
	const deep = encode('['.repeat(50_000));
	const huge = [
		weight,
		'.'.repeat(weight.length),
		`${weight}.${body}.${signature}`,
		`${head}.${weight}.${signature}`,
		`${head}.${body}.${weight}`,
		`${deep}.${body}.${signature}`,
		`${head}.${deep}.${signature}`,
		signByHand({ ...header, weight }, claims, 'another key'),
		signByHand(header, { ...claims, weight }, 'another key')
	];
	const startedAt = performance.now();
	for (const token of huge) expect(await verify(token)).toEqual(refused);
	expect(performance.now() - startedAt).toBeLessThan(500);
});
