import { type Answer, rawRequest } from './http.ts';

/** Requests that are none, by the code they are refused with. */
const brokenRequests = {
	malformed_request: (line: string) => `${line}\r\nHost: localhost\r\nno header\r\n\r\n`,
	headers_too_large: (line: string) => `${line}\r\nHost: localhost\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`,
	request_timeout: (line: string) => `${line}\r\nHost: localhost\r\n`
} satisfies Record<string, (requestLine: string) => string>;

export type BrokenBy = keyof typeof brokenRequests;

/** Sends a request that HTTP cannot carry; the connection is closed after the answer. */
export async function sendBroken(origin: string, operation: string, code: BrokenBy): Promise<Answer> {
	const bytes = brokenRequests[code](`${operation} HTTP/1.1`);
	const [head = '', text = ''] = (await rawRequest(origin, bytes, { maxWaitMs: 18_000 })).split('\r\n\r\n');
	const [statusLine = '', ...lines] = head.split('\r\n');
	const headers = lines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]);
	return {
		status: Number(statusLine.split(' ')[1]),
		headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
		cookies: [],
		text,
		json: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
	};
}

/** Breaks a request to each operation in the same way. */
export function breakEach(origin: string, operations: string[], code: BrokenBy): Promise<[string, Answer][]> {
	const sent = operations.map(async (operation): Promise<[string, Answer]> => [
		operation,
		await sendBroken(origin, operation, code)
	]);
	return Promise.all(sent);
}
