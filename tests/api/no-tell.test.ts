import { Agent } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { request } from '../support/http.ts';
import { median, rankTest } from '../support/statistics.ts';
import { useService } from '../support/use-service.ts';
import { register, uniqueEmail } from '../support/users.ts';

const service = useService({ env: { RATE_LIMITS: 'off' } });
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
afterAll(() => agent.destroy());

const tries = 250;
/** A machine that does other things at the same time can make a difference of its own; more tries even it out. */
const rounds = 5;
const mostApart = 0.03;
const significance = 0.001;

async function timeOf(email: string): Promise<number> {
	const json = { email, password: 'wrong words here' };
	const startedAt = performance.now();
	const { status } = await request(service.origin, { method: 'POST', path: '/token', json, agent });
	const duration = performance.now() - startedAt;
	expect(status).toBe(401);
	return duration;
}

test('the time of a refused log-in does not tell whether there is such a user', async () => {
	const { sent } = await register(service.origin);
	const known: number[] = [];
	const unknown: number[] = [];
	for (let warmUp = 0; warmUp < 10; warmUp++) await timeOf(warmUp % 2 ? sent.email : uniqueEmail());
	let verdict = { apart: NaN, likelihood: NaN };
	for (let round = 0; round < rounds; round++) {
		for (let count = 0; count < tries; count++) {
			// Interleaved, either one first: whatever else happens falls on both.
			const pair = [() => timeOf(sent.email).then((ms) => known.push(ms))];
			pair.splice(Math.round(Math.random()), 0, () => timeOf(uniqueEmail()).then((ms) => unknown.push(ms)));
			for (const attempt of pair) await attempt();
		}
		const apart = Math.abs(median(known) / median(unknown) - 1);
		verdict = { apart, likelihood: rankTest(known, unknown) };
		if (verdict.apart <= mostApart && verdict.likelihood >= significance) return;
	}
	expect.fail(`known and unknown can be told apart after ${known.length} tries: ${JSON.stringify(verdict)}`);
}, 120_000);

describe('the measure', () => {
	const noise = (shift: number) =>
		Array.from({ length: tries }, () => shift + 20 + 4 * (Math.random() + Math.random() + Math.random()));

	test('sees a difference of a tenth, and none where there is none', () => {
		expect(rankTest(noise(2.6), noise(0))).toBeLessThan(significance);
		const likelihoods = Array.from({ length: 40 }, () => rankTest(noise(0), noise(0)));
		expect(median(likelihoods)).toBeGreaterThan(0.2);
	});

	test('knows a published example', () => {
		// Hollander and Wolfe, Nonparametric Statistical Methods (1973), p. 69 f.: water permeability, W = 35.
		const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
		const early = [1.15, 0.88, 0.9, 0.74, 1.21];
		// Without its correction for continuity: z = 1.2247.
		expect(rankTest(term, early)).toBeCloseTo(0.2207, 4);
	});
});

test('nor do its words and headers', async () => {
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
