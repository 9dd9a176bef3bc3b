import type { FuzzBody } from './bodies.ts';

export interface Frame {
	headers: string[];
	body: string;
	mayBeIncomplete?: boolean;
}

const chunked = (bytes: string) => `${bytes && `${bytes.length.toString(16)}\r\n${bytes}\r\n`}0\r\n\r\n`;

/** Ways to say where a body ends, most of them true. */
export function frame(body: FuzzBody | undefined, way: number): Frame {
	const bytes = body?.bytes ?? '';
	const length = (value: number | string) => `Content-Length: ${value}`;
	const coded = 'Transfer-Encoding: chunked';
	const ways: (() => Frame)[] = [
		() => ({ headers: [coded], body: chunked(bytes) }),
		() => ({ headers: [coded, length(bytes.length)], body: chunked(bytes), mayBeIncomplete: true }),
		() => ({ headers: [length(bytes.length + 7)], body: bytes, mayBeIncomplete: true }),
		() => ({ headers: [length(Math.floor(bytes.length / 2))], body: bytes, mayBeIncomplete: true }),
		() => ({ headers: [length(bytes.length), length(bytes.length + 1)], body: bytes, mayBeIncomplete: true }),
		() => ({ headers: [length('0x10')], body: bytes, mayBeIncomplete: true }),
		() => ({ headers: [length('9'.repeat(25))], body: bytes, mayBeIncomplete: true }),
		() => ({ headers: ['Transfer-Encoding: gzip, x'], body: bytes, mayBeIncomplete: true }),
		() => ({ headers: [coded], body: `zz\r\n${bytes}`, mayBeIncomplete: true }),
		() => ({ headers: [coded], body: `fffffff\r\n${bytes}`, mayBeIncomplete: true })
	];
	const chosen = ways[way];
	if (chosen) return chosen();
	return { headers: body ? [length(bytes.length)] : [], body: bytes };
}
