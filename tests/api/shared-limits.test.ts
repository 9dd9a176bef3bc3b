import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import {
	knownBrowserOf,
	getToken,
	logIn,
	newAddress,
	newOwner,
	smallLimits as env,
	statusesOf,
	wrong
} from '../support/service/limits.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { startService } from '../support/service/service.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser, type NewUser, register, uniqueEmail } from '../support/people/users.ts';

const service = useService({ env });

describe('one account from everywhere', () => {
	const guessFromEverywhere = (email: string, count: number) =>
		statusesOf(count, () => getToken(service, { email, password: wrong }, newAddress()));

	test('is limited for strangers, and its owner’s browser is not locked out', async () => {
		const owner = await newOwner(service);
		expect(await guessFromEverywhere(owner.email, 8)).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
		const stranger = await logIn(service, owner);
		expectPage(stranger, 429);
		expect((await logIn(service, owner, owner.knownBrowser)).status).toBe(303);
	});

	test('is limited for a browser that is known too', async () => {
		const owner = await newOwner(service);
		const address = newAddress();
		const guess = { ...owner, password: wrong };
		// Two that it has to itself, three as any stranger.
		expect(await statusesOf(6, () => logIn(service, guess, owner.knownBrowser, address))).toEqual([
			401, 401, 401, 401, 401, 429
		]);
	});

	test('knows a browser by its own cookie only', async () => {
		const owner = await newOwner(service);
		const other = await newOwner(service);
		await guessFromEverywhere(owner.email, 6);
		const [id = '', mark = ''] = owner.knownBrowser.replace('known-browser=', '').split('.');
		const forged = [
			other.knownBrowser,
			'known-browser=',
			`known-browser=${id}`,
			`known-browser=${id}.${mark.slice(0, -2)}AA`,
			`known-browser=${'A'.repeat(43)}.${mark}`,
			`known-browser=${'x'.repeat(4000)}`
		];
		for (const cookie of forged) expect((await logIn(service, owner, cookie)).status).toBe(429);
		expect((await logIn(service, owner, owner.knownBrowser)).status).toBe(303);
	});

	test('a browser knows several accounts, and those who log out stay known', async () => {
		const [first, second] = [await newOwner(service), await newOwner(service)];
		const both = knownBrowserOf(await logIn(service, second, first.knownBrowser));
		for (const { email } of [first, second]) await guessFromEverywhere(email, 6);
		expect((await logIn(service, first, both)).status).toBe(303);
		expect((await logIn(service, second, both)).status).toBe(303);
		expect((await logIn(service, second, first.knownBrowser)).status).toBe(429);
	});
});

describe('many accounts from one address', () => {
	const spray = (count: number, address: string | (() => string)) =>
		statusesOf(count, () =>
			getToken(
				service,
				{ email: uniqueEmail(), password: wrong },
				typeof address === 'string' ? address : address()
			)
		);

	test('are limited, other addresses are not', async () => {
		const address = newAddress();
		expect(await spray(9, address)).toEqual([...Array<number>(8).fill(401), 429]);
		const { sent } = await register(service.origin);
		const limited = await getToken(service, sent, address);
		expect(limited.headers['ratelimit-policy']).toBe('"login-prefix";q=16;w=3600');
		expect((await getToken(service, sent, newAddress())).status).toBe(200);
	});

	test('are not, where the address may be a gateway with all clients behind it', async () => {
		const answers = await statusesOf(12, () => getToken(service, { email: uniqueEmail(), password: wrong }));
		expect(answers).toEqual(Array(12).fill(401));
	});

	test('registrations are limited alike', async () => {
		const address = newAddress();
		const registerFrom = (json: NewUser) =>
			request(service.origin, {
				method: 'POST',
				path: '/register',
				json,
				headers: { 'x-forwarded-for': address }
			});
		const first = newUser();
		expect(
			await statusesOf(4, (index) => registerFrom(index % 2 ? first : { ...newUser(), ...first }))
		).toEqual([201, 409, 409, 409]);
		expect((await registerFrom({ ...newUser(), password: 'short' })).status, 'not tried at all').toBe(422);
		const limited = await registerFrom(newUser());
		expectProblem(limited, 429, 'too_many_requests');
		expect(limited.headers['ratelimit-policy']).toBe('"register-prefix";q=8;w=3600');
	});
});

test('two instances count together', async () => {
	const twin = await startService({ env, successorOf: service });
	const { sent } = await register(service.origin);
	const address = newAddress();
	const answers = await statusesOf(5, (index) =>
		getToken(index % 2 ? twin : service, { ...sent, password: wrong }, address)
	);
	expect(answers).toEqual([401, 401, 401, 429, 429]);
	await twin.stop();
});

test('the table keeps neither IP addresses nor email addresses', async () => {
	const email = uniqueEmail();
	await getToken(service, { email, password: wrong }, '11.1.2.3');
	const rows = await service.database.query('select * from rate_limits');
	expect(rows.length).toBeGreaterThan(0);
	for (const row of rows) expect(row.bucket).toMatch(/^[0-9a-f]{32}$/);
});

describe('without limits', () => {
	const unlimited = useService({ env: { ...env, RATE_LIMITS: 'off' } });

	test('no client is refused, and the log says at start what that means', async () => {
		const { sent } = await register(unlimited.origin);
		const answers = await statusesOf(8, () => getToken(unlimited, { ...sent, password: wrong }, '11.9.9.9'));
		expect(answers).toEqual(Array(8).fill(401));
		const warnings = unlimited.logs().filter(({ level }) => level === 'warn');
		expect(warnings.map(({ msg }) => msg)).toContainEqual(expect.stringContaining('RATE_LIMITS is off'));
	});
});
