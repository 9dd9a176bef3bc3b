/** The requests of a load, as data, because another process sends them. */
export interface Shot {
	method: 'GET' | 'POST';
	path: string;
	headers?: Record<string, string>;
	/** `{i}` becomes the number of one of `users`, `{n}` a text that is new with each request. */
	body?: string;
	users?: number;
}

export interface Plan {
	origin: string;
	shot: Shot;
	seconds: number;
	/** A closed loop: the number of connections, each of which sends its next request after the response … */
	connections?: number;
	/** … or, if given, an open loop: requests per second, independent of responses, like independent users. */
	perSecond?: number;
}

/** Times in milliseconds. */
export interface Answers {
	count: number;
	p50: number;
	p99: number;
}

export interface LoadResult {
	seconds: number;
	/** By status; 0 means no response. */
	answers: Record<number, Answers>;
	/** Requests of an open loop that had no connection left. */
	unsent: number;
	/** The share of its core that the generator used, 0 to 1. Near 1, the generator is the bottleneck. */
	generatorBusy: number;
}

export function countAnswers({ answers }: LoadResult): number {
	return Object.values(answers).reduce((sum, { count }) => sum + count, 0);
}

/** The responses with one of these statuses, per second. */
export function rate({ seconds, answers }: LoadResult, ...statuses: number[]): number {
	return statuses.reduce((sum, status) => sum + (answers[status]?.count ?? 0), 0) / seconds;
}

/** @returns the median for `fraction` 0.5; NaN for an empty list */
export function percentile(values: number[], fraction: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? NaN;
}

export function median(values: number[]): number {
	return percentile(values, 0.5);
}

/** @returns a function that renders the request with a given number as HTTP/1.1 text */
export function prepareShot(origin: string, { method, path, headers = {}, body, users = 1 }: Shot) {
	const lines = Object.entries({ host: new URL(origin).host, ...headers }).map(
		([name, value]) => `${name}: ${value}`
	);
	const head = `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n`;
	if (body === undefined) return () => `${head}\r\n`;
	const batch = `${Date.now().toString(36)}${process.pid}`;
	return (number: number) => {
		// Multiplying by a large prime keeps consecutive requests from using neighbouring rows.
		const filled = body
			.replaceAll('{i}', String((number * 1_000_003) % users))
			.replaceAll('{n}', `${batch}-${number}`);
		return `${head}content-length: ${Buffer.byteLength(filled)}\r\n\r\n${filled}`;
	};
}
