import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { startService, type Service, type ServiceOptions } from '../support/service/service.ts';
import { readHeader, secretKeyOf, signByHand } from '../support/people/tokens.ts';
import { accessToken, register } from '../support/people/users.ts';

const takes = async (service: Service, token: string) =>
	(await request(service.origin, { path: '/me', headers: { authorization: `Bearer ${token}` } })).status;

/** Starts an instance beside another one, on the same port for the same issuer, or expects it to end by itself. */
const startBeside = (
	service: Service,
	env: ServiceOptions['env'],
	until: ServiceOptions['until'] = 'ready'
) =>
	startService({ successorOf: service, until, env: { ORIGIN: service.origin, ALGORITHM: 'ES256', ...env } });

test.each(['ES256', 'EdDSA', 'RS256'])(
	'with %s a token names its key, and is valid on every instance',
	async (ALGORITHM) => {
		const service = await startService({ env: { ALGORITHM } });
		const { sent } = await register(service.origin);
		const token = await accessToken(service.origin, sent);
		expect(readHeader(token)).toEqual({
			alg: ALGORITHM,
			typ: 'at+jwt',
			kid: expect.stringMatching(/^[\w-]{43}$/)
		});
		const other = await startBeside(service, { ALGORITHM });
		expect(await takes(service, token)).toBe(200);
		expect(await takes(other, token)).toBe(200);
		expect(readHeader(await accessToken(other.origin, sent))).toEqual(readHeader(token));
		expect(await other.stop()).toBe(0);
		expect(await service.stop()).toBe(0);
	}
);

describe('a token is refused', () => {
	test('that is signed with the secret, with none, or with the name of an unknown key', async () => {
		const service = await startService({ env: { ALGORITHM: 'ES256' } });
		const { sent } = await register(service.origin);
		const token = await accessToken(service.origin, sent);
		const [head = '', body = '', signature = ''] = token.split('.');
		const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
		const header = readHeader(token);
		const forge = (members: object) =>
			`${Buffer.from(JSON.stringify({ ...header, ...members })).toString('base64url')}.${body}.${signature}`;
		const forged = [
			signByHand({ ...header, alg: 'HS256' }, claims, secretKeyOf(service)),
			forge({ alg: 'none' }),
			forge({ alg: 'EdDSA' }),
			forge({ kid: 'x'.repeat(43) }),
			forge({ kid: undefined }),
			forge({ kid: [header.kid] }),
			forge({ kid: "' or 1=1 --" }),
			forge({ jwk: { kty: 'EC' }, jku: 'https://keys.example' }),
			`${head}.${body}.${signature.slice(0, -4)}`,
			`${head}.${body}.`
		];
		for (const one of forged) expect(await takes(service, one), one).toBe(401);
		expect(await takes(service, token)).toBe(200);
		expect(await service.stop()).toBe(0);
	});
});

describe('SECRET_KEY', () => {
	test('of other keys than the stored ones ends the start with 78 and says what to do', async () => {
		const service = await startService({ env: { ALGORITHM: 'ES256' } });
		const SECRET_KEY = randomBytes(48).toString('base64url');
		const refused = await startBeside(service, { SECRET_KEY }, 'spawned');
		expect(await refused.exited).toBe(78);
		const fatal = refused.logs().filter(({ level }) => level === 'fatal');
		expect(fatal).toMatchObject([
			{ msg: expect.stringMatching(/SECRET_KEY does not open.*SECRET_KEY_PREVIOUS/) }
		]);
		expect(refused.output()).not.toContain(SECRET_KEY);
		await refused.stop();
		expect(await service.stop()).toBe(0);
	});

	test('is changed without a token refused: first accepted everywhere, then in use', async () => {
		const service = await startService({ env: { ALGORITHM: 'ES256' } });
		const before = secretKeyOf(service);
		const SECRET_KEY = randomBytes(48).toString('base64url');
		const { sent } = await register(service.origin);
		const early = await accessToken(service.origin, sent);

		const changed = await startBeside(service, { SECRET_KEY, SECRET_KEY_PREVIOUS: before });
		for (const instance of [service, changed]) expect(await takes(instance, early)).toBe(200);
		expect(await takes(service, await accessToken(changed.origin, sent))).toBe(200);
		expect(await takes(changed, await accessToken(service.origin, sent))).toBe(200);
		await service.kill('SIGTERM');
		await changed.stop();

		const later = await startBeside(service, { SECRET_KEY });
		expect(await takes(later, early)).toBe(200);
		await later.stop();
		const refused = await startBeside(service, { SECRET_KEY: before }, 'spawned');
		expect(await refused.exited).toBe(78);
		await refused.stop();
		await service.stop();
	});

	test('for HMAC: tokens of the previous key are valid while it is configured', async () => {
		const service = await startService();
		const SECRET_KEY = randomBytes(48).toString('base64url');
		const { sent } = await register(service.origin);
		const token = await accessToken(service.origin, sent);
		const hmac = { ALGORITHM: undefined, SECRET_KEY };
		const changed = await startBeside(service, { ...hmac, SECRET_KEY_PREVIOUS: secretKeyOf(service) });
		expect(await takes(changed, token)).toBe(200);
		expect(readHeader(await accessToken(changed.origin, sent))).toEqual({ alg: 'HS256', typ: 'at+jwt' });
		await changed.stop();
		const later = await startBeside(service, hmac);
		expect(await takes(later, token)).toBe(401);
		await later.stop();
		expect(await service.stop()).toBe(0);
	});
});

test('a start that was killed at any moment leaves nothing that stops the next one', async () => {
	const first = await startService();
	await first.kill();
	for (const maxWaitMs of [300, 600, 900, 1200]) {
		const one = await startBeside(first, { ALGORITHM: 'RS256' }, 'spawned');
		await Promise.race([one.exited, new Promise((resolve) => setTimeout(resolve, maxWaitMs))]);
		await one.kill();
		await one.stop();
	}
	const last = await startBeside(first, { ALGORITHM: 'RS256' });
	const { sent } = await register(last.origin);
	expect(await takes(last, await accessToken(last.origin, sent))).toBe(200);
	expect(await first.database.query('select kid from signing_keys')).toHaveLength(1);
	await last.stop();
	await first.stop();
});
