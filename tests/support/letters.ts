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
