import { expect } from 'vitest';
import { request } from './http.ts';
import type { Service } from './service.ts';

/** Asks for a letter to reset the password, and tells how long the answer took, in milliseconds. */
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

/** For letters that come late; the waiting of `expect.poll`. */
export const patience = { timeout: 45_000, interval: 50 };

/** How many letters have not been sent yet. */
export async function countWaiting({ database }: Service): Promise<number> {
	return (await database.query('select id from outbox')).length;
}
