import { expect } from 'vitest';
import { request } from '../http/http.ts';
import type { Service } from '../service/service.ts';

/** Asks for an email to reset the password, and returns how long the answer took, in milliseconds. */
export async function forget({ origin }: Service, email: string): Promise<number> {
	const startedAt = performance.now();
	const headers = { accept: 'text/html' };
	const answer = await request(origin, {
		method: 'POST',
		path: '/forgot-password',
		form: { email },
		headers
	});
	expect(answer.status).toBe(303);
	return performance.now() - startedAt;
}

/** Options of `expect.poll` for emails that arrive late. */
export const slowPoll = { timeout: 45_000, interval: 50 };

/** How many emails have not been sent yet. */
export async function countWaiting({ database }: Service): Promise<number> {
	return (await database.query('select id from outbox')).length;
}
