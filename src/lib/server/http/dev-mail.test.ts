import type { RequestEvent } from '@sveltejs/kit';
import { describe, expect, test } from 'vitest';
import { asksForDevMail } from './dev-mail.ts';

interface Asked {
	peer?: string | undefined;
	url?: string;
	rawHeaders?: string[];
}

/** @returns whether a GET of the queued emails is answered, with the headers as received */
function isAnswered({ peer, url = 'http://localhost:3000/dev/mail', rawHeaders = [] }: Asked, isOn = true) {
	const platform = { req: { rawHeaders, socket: { remoteAddress: peer } } };
	const event = { url: new URL(url), request: new Request(url), platform };
	return asksForDevMail(event as unknown as RequestEvent, isOn);
}

describe('queued emails are shown', () => {
	test.for(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('to %s', (peer) => {
		expect(isAnswered({ peer })).toBe(true);
		expect(isAnswered({ peer }, false)).toBe(false);
	});

	test.for([
		'10.0.0.7',
		'192.0.2.2',
		'::ffff:192.0.2.2',
		'::',
		'::2',
		'fe80::1',
		'2001:db8::127.0.0.1',
		'1127.0.0.1',
		'0.0.0.0',
		'',
		undefined
	])('not to %s', (peer) => {
		expect(isAnswered({ peer })).toBe(false);
	});
});

test('a header value with the name of a forwarding header does not count as one', () => {
	const peer = '127.0.0.1';
	expect(isAnswered({ peer, rawHeaders: ['Host', 'localhost', 'User-Agent', 'via'] })).toBe(true);
	expect(isAnswered({ peer, rawHeaders: ['Host', 'localhost', 'VIA', '1.1 proxy'] })).toBe(false);
});

test('a request without a connection is not answered', () => {
	const url = 'http://localhost:3000/dev/mail';
	const event = { url: new URL(url), request: new Request(url), platform: undefined };
	expect(asksForDevMail(event as unknown as RequestEvent, true)).toBe(false);
});
