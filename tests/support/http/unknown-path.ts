import { expect } from 'vitest';
import { request, type Answer, type RequestOptions } from './http.ts';
import type { Service } from '../service/service.ts';

/** Each asks for one of two answers: a browser, and a program. */
const acceptHeaders = ['text/html,application/xhtml+xml,*/*;q=0.8', '*/*', 'application/json', null];

/**
 * Asks for an address as every client does, and for another one of that length that was never there: the answers are the same,
 * byte for byte, but for what is made up for each.
 */
export async function expectUnknown(
	{ origin }: Pick<Service, 'origin'>,
	path: string,
	options: Omit<RequestOptions, 'path'> = {}
): Promise<void> {
	const nothing = path.replace(/[a-z]/i, 'q');
	for (const accept of acceptHeaders) {
		const headers = { accept, ...options.headers };
		const answers = await Promise.all(
			[path, nothing].map((at) => request(origin, { ...options, headers, path: at }))
		);
		const [asked, unknown] = answers.map((answer) => normalise(answer, path, nothing));
		expect(asked, `${options.method ?? 'GET'} ${path} by ${accept}`).toEqual(unknown);
		expect(asked?.status).toBe(404);
	}
}

function normalise({ status, headers, text }: Answer, path: string, nothing: string) {
	const id = String(headers['x-request-id']);
	const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? id;
	const { etag, date, ...rest } = headers;
	const plain = (value: string) =>
		value.replaceAll(id, 'ID').replaceAll(nonce, 'NONCE').replaceAll(firstOf(nothing), firstOf(path));
	return {
		status,
		// Of the body, and the time.
		has: { etag: etag !== undefined, date: date !== undefined },
		headers: plain(JSON.stringify(rest)),
		text: plain(text)
	};
}

/** A page knows its address without what a program appends to it. */
function firstOf(path: string): string {
	return path.split('/', 2).join('/');
}
