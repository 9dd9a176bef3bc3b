/** The requests of a load: data, since another process sends them. */
export interface Shot {
	method: 'GET' | 'POST';
	path: string;
	headers?: Record<string, string>;
	/** `{i}` becomes the number of one of `users`, `{n}` a number that was never there. */
	body?: string;
	users?: number;
}

export interface Plan {
	origin: string;
	shot: Shot;
	seconds: number;
	/** So many that each ask again when they have their answer … */
	connections?: number;
	/** … or, where it is given, so many requests a second, whether answered or not, as people come who do not know of each other. */
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
	/** By status; 0: no answer. */
	answers: Record<number, Answers>;
	/** Requests of an open loop that had no connection left. */
	unsent: number;
	/** How much of its core the generator used, 0 to 1: near 1 it measured itself. */
	generatorBusy: number;
}

export function countAnswers({ answers }: LoadResult): number {
	return Object.values(answers).reduce((sum, { count }) => sum + count, 0);
}

/** How many answers of these statuses came in a second. */
export function rate({ seconds, answers }: LoadResult, ...statuses: number[]): number {
	return statuses.reduce((sum, status) => sum + (answers[status]?.count ?? 0), 0) / seconds;
}

/** `fraction` 0.5 is the median; NaN of nothing. */
export function percentile(values: number[], fraction: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? NaN;
}

export function median(values: number[]): number {
	return percentile(values, 0.5);
}

/** A shot as it goes over the wire, with the figures of each number filled in. */
export function prepareShot(origin: string, { method, path, headers = {}, body, users = 1 }: Shot) {
	const lines = Object.entries({ host: new URL(origin).host, ...headers }).map(
		([name, value]) => `${name}: ${value}`
	);
	const head = `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n`;
	if (body === undefined) return () => `${head}\r\n`;
	const batch = `${Date.now().toString(36)}${process.pid}`;
	return (number: number) => {
		// A large prime, so that neighbours in time are none in the table.
		const filled = body
			.replaceAll('{i}', String((number * 1_000_003) % users))
			.replaceAll('{n}', `${batch}-${number}`);
		return `${head}content-length: ${Buffer.byteLength(filled)}\r\n\r\n${filled}`;
	};
}
