import { Agent } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { request, type RequestOptions } from '../support/http/http.ts';
import { expectSameTime, significance } from '../support/timing/user-enumeration.ts';
import { median, rankTest } from '../support/timing/statistics.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser, register, uniqueEmail } from '../support/people/users.ts';

const mail = await useMailServer();
const service = useService({ env: { RATE_LIMITS: 'off' } });
const strict = useService({ env: { RATE_LIMITS: 'off', EMAIL_VERIFICATION: 'required', ...mail.env } });
const agent = new Agent({ keepAlive: true });
afterAll(() => agent.destroy());

async function measureMs(origin: string, options: RequestOptions, expected: number): Promise<number> {
	const startedAt = performance.now();
	const { status } = await request(origin, { method: 'POST', ...options, agent });
	const duration = performance.now() - startedAt;
	expect(status).toBe(expected);
	return duration;
}

describe('the response time does not reveal whether a user exists', () => {
	test('for a refused login', async () => {
		const { sent } = await register(service.origin);
		const attempt = (email: string) => {
			const json = { email, password: 'wrong words here' };
			return measureMs(service.origin, { path: '/token', json }, 401);
		};
		await expectSameTime(attempt, sent.email);
	});

	test('for a forgotten password', async () => {
		const person = newUser();
		await request(strict.origin, { method: 'POST', path: '/register', json: person });
		const attempt = (email: string) => {
			const headers = { accept: 'text/html' };
			return measureMs(strict.origin, { path: '/forgot-password', form: { email }, headers }, 303);
		};
		await expectSameTime(attempt, person.email);
	});

	test('for a registration, if addresses have to be verified', async () => {
		const person = newUser();
		await request(strict.origin, { method: 'POST', path: '/register', json: person });
		const attempt = (email: string) =>
			measureMs(strict.origin, { path: '/register', json: { ...person, email } }, 202);
		// Each attempt mostly waits, so that several can run concurrently.
		const concurrency = 4;
		await expectSameTime(attempt, person.email, concurrency);
	});
});

describe('the rank test', () => {
	const noise = (shift: number) =>
		Array.from({ length: 250 }, () => shift + 20 + 4 * (Math.random() + Math.random() + Math.random()));

	test('detects a difference of a tenth, and reports none between equal samples', () => {
		expect(rankTest(noise(2.6), noise(0))).toBeLessThan(significance);
		const likelihoods = Array.from({ length: 40 }, () => rankTest(noise(0), noise(0)));
		expect(median(likelihoods)).toBeGreaterThan(0.2);
	});

	test('gives the result of a published example', () => {
		// Hollander and Wolfe, Nonparametric Statistical Methods (1973), p. 69 f.: water permeability, W = 35.
		const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
		const early = [1.15, 0.88, 0.9, 0.74, 1.21];
		// Without its correction for continuity: z = 1.2247.
		expect(rankTest(term, early)).toBeCloseTo(0.2207, 4);
	});
});

test('the status, headers and body of a refused login do not reveal whether a user exists', async () => {
	const { sent } = await register(service.origin);
	const answers = await Promise.all(
		[sent.email, uniqueEmail()].map((email) =>
			request(service.origin, {
				method: 'POST',
				path: '/token',
				json: { email, password: 'wrong words here' }
			})
		)
	);
	const [known, unknown] = answers.map(({ status, headers, json }) => ({
		status,
		headers: { ...headers, date: '', 'x-request-id': '' },
		json: { ...json, request_id: '' }
	}));
	expect(known).toEqual(unknown);
});
