import fc from 'fast-check';
import { maxBodyBytes } from '../../../src/lib/server/http/body.ts';
import './properties.ts';
import { anyBody } from './bodies.ts';
import { frame } from './frames.ts';
import { anyHeaders, type Credentials } from './headers.ts';
import { anyTarget } from './targets.ts';

export interface FuzzRequest {
	/** Everything that is sent, each character one byte. */
	bytes: string;
	/** In how many pieces. */
	pieces: number;
	/** Whether the server may wait for more, so that no answer is an answer. */
	mayBeIncomplete: boolean;
	/** Whether it may still be on its way when it is answered: TCP then may drop the answer with the connection. */
	mayLoseAnswer: boolean;
	isHead: boolean;
}

const latin1 = (text: string) => Buffer.from(text).toString('latin1');

const methods = [
	'GET',
	'HEAD',
	'POST',
	'PUT',
	'PATCH',
	'DELETE',
	'OPTIONS',
	'TRACE',
	'PROPFIND',
	'QUERY',
	'CONNECT'
];

/** The values of the header `Host`: most often one. */
const anyHosts = fc.oneof<fc.MaybeWeightedArbitrary<string[]>[]>(
	{ weight: 12, arbitrary: fc.constant(['localhost']) },
	fc.constantFrom(
		[],
		[''],
		['a', 'b'],
		['a b'],
		['[::1]:1'],
		['localhost:99999'],
		['%00'],
		['é'],
		['x'.repeat(300)],
		['..'],
		['@']
	)
);

/** What is no request. */
const garbage = fc.oneof(
	fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
	fc.constantFrom(
		'\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03',
		'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
		'\r\n'.repeat(500)
	),
	fc.constantFrom(
		'GET /\r\n\r\n',
		'GET / HTTP/1.1\n\n',
		'\0'.repeat(70_000),
		'GET '.padEnd(40_000, '/'),
		'SSH-2.0-x\r\n'
	)
);

/** Any request to any endpoint, most of them well-formed enough to reach it. */
export function anyRequest(credentials: Credentials): fc.Arbitrary<FuzzRequest> {
	const parts = fc.record({
		method: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('GET', 'POST') }, fc.constantFrom(...methods)),
		target: anyTarget.map(latin1).map((text) => text.replaceAll(/[\r\n ]/g, '+')),
		version: fc.oneof(
			{ weight: 30, arbitrary: fc.constant('1.1') },
			fc.constantFrom('1.0', '2.0', '0.9', '1.', 'x')
		),
		hosts: anyHosts,
		headers: anyHeaders(credentials),
		body: anyBody(credentials.user),
		way: fc.oneof({ weight: 3, arbitrary: fc.constant(99) }, fc.nat(9)),
		pieces: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 9 }))
	});
	const request = parts.map(({ method, target, version, hosts, headers, body, way, pieces }) => {
		const framed = frame(body, way);
		const lines = [
			`${method} ${target} HTTP/${version}`,
			...hosts.map((host) => `Host: ${latin1(host)}`),
			...headers,
			...(body?.type === undefined ? [] : [`Content-Type: ${body.type}`]),
			...(body?.encoding ? [`Content-Encoding: ${body.encoding}`] : []),
			...framed.headers,
			'Connection: close'
		];
		const bytes = `${lines.join('\r\n')}\r\n\r\n${framed.body}`;
		const mayBeIncomplete = framed.mayBeIncomplete ?? false;
		const mayLoseAnswer = framed.body.length > maxBodyBytes || (pieces > 1 && framed.body !== '');
		return { bytes, pieces, mayBeIncomplete, mayLoseAnswer, isHead: method === 'HEAD' };
	});
	return fc.oneof(
		{ weight: 12, arbitrary: request },
		garbage.map((bytes) => ({ bytes, pieces: 1, mayBeIncomplete: true, mayLoseAnswer: true, isHead: false }))
	);
}
