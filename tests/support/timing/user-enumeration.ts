import { expect } from 'vitest';
import { median, rankTest } from './statistics.ts';
import { uniqueEmail } from '../people/users.ts';

const tries = 250;
/** A machine that does other things at the same time can make a difference of its own; more tries even it out. */
const rounds = 5;
const mostApart = 0.03;
export const significance = 0.001;

/** Sends something about an address, expects what it always answers, and tells how long that took, in milliseconds. */
type Attempt = (email: string) => Promise<number>;

/**
 * Expects that response times do not reveal a known address: by their medians, and by a rank test.
 *
 * @param concurrency how many attempts run concurrently
 */
export async function expectSameTime(attempt: Attempt, email: string, concurrency = 1): Promise<void> {
	const known = () => attempt(email);
	const unknown = () => attempt(uniqueEmail());
	const times = { known: [] as number[], unknown: [] as number[] };
	async function tryOften(count: number): Promise<void> {
		for (let done = 0; done < count; done++) {
			// By a coin, not in turns: what one leaves to be done behind its answer then falls on both alike.
			if (Math.random() < 0.5) times.known.push(await known());
			else times.unknown.push(await unknown());
		}
	}
	for (let warmUp = 0; warmUp < 10; warmUp++) await (warmUp % 2 ? known : unknown)();
	let verdict = { apart: NaN, likelihood: NaN };
	for (let round = 0; round < rounds; round++) {
		await Promise.all(Array.from({ length: concurrency }, () => tryOften((2 * tries) / concurrency)));
		const apart = Math.abs(median(times.known) / median(times.unknown) - 1);
		verdict = { apart, likelihood: rankTest(times.known, times.unknown) };
		if (verdict.apart <= mostApart && verdict.likelihood >= significance) return;
	}
	expect.fail(`they can be told apart after some ${rounds * tries} tries each: ${JSON.stringify(verdict)}`);
}
