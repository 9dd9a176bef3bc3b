import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';
import { describe, expect, test } from 'vitest';
import { findSource } from './proxy.ts';

const trusted = new BlockList();
trusted.addSubnet('10.0.0.0', 8, 'ipv4');
trusted.addAddress('fd00::1', 'ipv6');

interface Sent {
	from: string;
	over?: 'http' | 'https';
	for?: string;
	proto?: string;
	host?: string;
}

function source({ from, over = 'http', for: forwardedFor, proto, host }: Sent) {
	const socket = { remoteAddress: from, ...(over === 'https' && { encrypted: true }) };
	const headers = {
		host: 'inner:3000',
		'x-forwarded-for': forwardedFor,
		'x-forwarded-proto': proto,
		'x-forwarded-host': host
	};
	return findSource(
		{ socket, headers, rawHeaders: ['Host', headers.host] } as unknown as IncomingMessage,
		trusted
	);
}

describe('without a trusted proxy', () => {
	test.for([
		['192.0.2.1', '192.0.2.1'],
		['::ffff:192.0.2.1', '192.0.2.1'],
		['2001:db8::1', '2001:db8::1']
	])('%s is itself, whatever its headers say', ([from = '', address]) => {
		const lies = { for: '198.51.100.1', proto: 'https', host: 'evil.example' };
		expect(source({ from, ...lies })).toEqual({
			address,
			isHttps: false,
			host: 'inner:3000',
			isFromProxy: false
		});
	});

	test('the connection says whether it is https', () => {
		expect(source({ from: '192.0.2.1', over: 'https', proto: 'http' }).isHttps).toBe(true);
	});
});

describe('from a trusted proxy', () => {
	const from = '10.0.0.1';
	test.for([
		['one address', '192.0.2.1', '192.0.2.1'],
		['what the client wrote before it', '198.51.100.1, 192.0.2.1', '192.0.2.1'],
		['further proxies of ours', '198.51.100.1, 192.0.2.1, 10.0.0.9, 10.1.1.1', '192.0.2.1'],
		['only proxies of ours', '10.0.0.8, 10.0.0.9', '10.0.0.8'],
		['IPv6', '2001:db8::7', '2001:db8::7'],
		['IPv6 in brackets with a port', '[2001:db8::7]:4711', '2001:db8::7'],
		['IPv4 with a port', '192.0.2.1:4711', '192.0.2.1'],
		['mapped IPv4', '::ffff:192.0.2.1', '192.0.2.1'],
		['spaces and empty places', ' , 192.0.2.1 ,, ', '192.0.2.1'],
		['no address at all', 'unknown', '10.0.0.1'],
		['a script', '<script>alert(1)</script>', '10.0.0.1'],
		['nothing', undefined, '10.0.0.1']
	])('X-Forwarded-For with %s', ([, forwardedFor, address]) => {
		expect(source({ from, for: forwardedFor }).address).toBe(address);
	});

	test.for([
		['https', 'http', true],
		['HTTPS', 'http', true],
		['http', 'https', false],
		['http, https', 'http', true],
		['https, http', 'http', false],
		['gopher', 'https', false],
		[undefined, 'http', false],
		[undefined, 'https', true]
	] as const)('X-Forwarded-Proto %s over %s is https: %s', ([proto, over, isHttps]) => {
		expect(source({ from, proto, over }).isHttps).toBe(isHttps);
	});

	test.for([
		['id.example.org', 'id.example.org'],
		['evil.example, id.example.org:8443', 'id.example.org:8443'],
		['', 'inner:3000'],
		[undefined, 'inner:3000']
	])('X-Forwarded-Host %j', ([host, expected]) => {
		expect(source({ from, host }).host).toBe(expected);
	});

	test('it is known by its mapped address and by IPv6 too', () => {
		expect(source({ from: '::ffff:10.0.0.1' }).isFromProxy).toBe(true);
		expect(source({ from: 'fd00::1' }).isFromProxy).toBe(true);
		expect(source({ from: 'fd00::2' }).isFromProxy).toBe(false);
	});
});
