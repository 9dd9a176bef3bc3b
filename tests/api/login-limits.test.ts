import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../support/http/http.ts';
import {
	getToken,
	logIn,
	newAddress,
	smallLimits as env,
	statusesOf,
	wrong
} from '../support/service/limits.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { startService } from '../support/service/service.ts';
import { useService } from '../support/service/use-service.ts';
import { register, uniqueEmail } from '../support/people/users.ts';

const service = useService({ env });

describe('one account from one address', () => {
	test('is answered 429 over the limit of wrong passwords, with the time to retry', async () => {
		const { sent } = await register(service.origin);
		const address = newAddress();
		expect(await statusesOf(3, () => getToken(service, { ...sent, password: wrong }, address))).toEqual([
			401, 401, 401
		]);
		const limited = await getToken(service, sent, address);
		expectProblem(limited, 429, 'too_many_requests');
		const wait = Number(limited.headers['retry-after']);
		expect(wait).toBeGreaterThan(19 * 60);
		expect(wait).toBeLessThanOrEqual(20 * 60);
		expect(limited.headers).toMatchObject({
			ratelimit: `"login-account-prefix";r=0;t=${wait}`,
			'ratelimit-policy': '"login-account-prefix";q=6;w=3600',
			'cache-control': 'no-store'
		});
		expect(limited.json.detail).toBe('There were too many attempts. Try again in 20 minutes.');
		expect((await getToken(service, sent, newAddress())).status, 'from elsewhere').toBe(200);
	});

	test('is limited in the same way when there is no such account', async () => {
		const { sent } = await register(service.origin);
		const [known, unknown] = await Promise.all(
			[sent.email, uniqueEmail()].map(async (email) => {
				const address = newAddress();
				const answers: Answer[] = [];
				for (let index = 0; index < 5; index++)
					answers.push(await getToken(service, { email, password: wrong }, address));
				return answers.map(({ status, headers, json }) => ({
					status,
					names: Object.keys(headers),
					policy: headers['ratelimit-policy'],
					length: headers['content-length'],
					body: { ...json, request_id: '' }
				}));
			})
		);
		expect(known?.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429]);
		expect(unknown).toEqual(known);
	});

	test('counts attempts from their start, so that concurrent ones find no gap', async () => {
		const { sent } = await register(service.origin);
		const address = newAddress();
		const answers = await Promise.all(
			Array.from({ length: 30 }, () => getToken(service, { ...sent, password: wrong }, address))
		);
		expect(answers.map(({ status }) => status).filter((status) => status === 401)).toHaveLength(3);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
	});

	test('forgets what its owner mistyped once the password is right', async () => {
		const { sent } = await register(service.origin);
		const address = newAddress();
		for (let round = 0; round < 3; round++) {
			expect(await statusesOf(2, () => getToken(service, { ...sent, password: wrong }, address))).toEqual([
				401, 401
			]);
			expect((await getToken(service, sent, address)).status).toBe(200);
		}
		expect(await statusesOf(12, () => getToken(service, sent, address)), 'right ones do not count').toEqual(
			Array(12).fill(200)
		);
	});

	test('lets more concurrent right passwords through than wrong ones: they wait for each other', async () => {
		const { sent } = await register(service.origin);
		const address = newAddress();
		const answers = await Promise.all(Array.from({ length: 30 }, () => getToken(service, sent, address)));
		expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
	});

	test('means one network of IPv6', async () => {
		const { sent } = await register(service.origin);
		const guess = { ...sent, password: wrong };
		expect(await statusesOf(4, (index) => getToken(service, guess, `2001:db8:7:7:${index}::1`))).toEqual([
			401, 401, 401, 429
		]);
		expect((await getToken(service, guess, '2001:db8:7:8::1')).status).toBe(401);
	});

	test('is answered again when the time has passed', async () => {
		const quick = await startService({ env: { ...env, LOGIN_LIMIT: '2/2s' } });
		const { sent } = await register(quick.origin);
		const guess = { ...sent, password: wrong };
		const address = newAddress();
		expect((await getToken(quick, guess, address)).status).toBe(401);
		const limited = await getToken(quick, guess, address);
		expect(limited.status).toBe(429);
		await pause(Number(limited.headers['retry-after']) * 1000);
		expect((await getToken(quick, sent, address)).status).toBe(200);
		await quick.stop();
	});
});

test('a browser gets the form again, with what was entered', async () => {
	const { sent } = await register(service.origin);
	const address = newAddress();
	await statusesOf(3, () => logIn(service, { ...sent, password: wrong }, undefined, address));
	const page = await logIn(service, sent, undefined, address);
	expectPage(page, 429);
	expect(page.headers).toMatchObject({
		'retry-after': expect.stringMatching(/^\d+$/),
		ratelimit: expect.stringContaining('"login-account-prefix"'),
		'ratelimit-policy': expect.stringContaining('"login-account-prefix"')
	});
	expect(page.text).toContain('There were too many attempts. Try again in 20 minutes.');
	expect(page.text).toContain(`value="${sent.email}"`);
	expect(page.text).not.toContain(sent.password);
});
