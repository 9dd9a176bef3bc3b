import { expect, test } from 'vitest';
import { isCrossSite } from './cross-site.ts';

const host = 'id.example.org:3000';

test.for([
	[false, host, {}],
	[false, host, { 'sec-fetch-site': 'same-origin' }],
	[false, host, { 'sec-fetch-site': 'none' }],
	[true, host, { 'sec-fetch-site': 'same-site' }],
	[true, host, { 'sec-fetch-site': 'cross-site' }],
	[true, host, { 'sec-fetch-site': '' }],
	[true, host, { 'sec-fetch-site': 'same-origin, cross-site' }],
	[true, host, { 'sec-fetch-site': 'cross-site', origin: `http://${host}` }],
	[false, host, { 'sec-fetch-site': 'same-origin', origin: 'https://elsewhere.example' }],
	[false, host, { origin: `http://${host}` }],
	[false, host, { origin: `https://${host}` }],
	[false, host, { origin: 'http://ID.Example.ORG:3000' }],
	[true, host, { origin: 'http://id.example.org' }],
	[true, host, { origin: 'http://id.example.org:3001' }],
	[true, host, { origin: 'http://example.org:3000' }],
	[true, host, { origin: 'http://id.example.org.evil.example:3000' }],
	[true, host, { origin: 'null' }],
	[true, host, { origin: '' }],
	[true, host, { origin: 'id.example.org:3000' }],
	[true, host, { origin: `ftp://${host}` }],
	[true, host, { origin: `chrome-extension://${host}` }],
	[true, host, { origin: `http://${host}, http://evil.example` }],
	[false, 'id.example.org', { origin: 'http://id.example.org' }],
	[false, 'id.example.org', { origin: 'https://id.example.org' }],
	[false, 'id.example.org:443', { origin: 'https://id.example.org' }],
	[false, 'id.example.org:80', { origin: 'http://id.example.org' }],
	[true, 'id.example.org:80', { origin: 'https://id.example.org' }],
	[false, '[::1]:3000', { origin: 'http://[::1]:3000' }],
	[true, '', { origin: 'http://id.example.org' }]
] as const)('cross-site: %s for host %s and %j', ([isRefused, ownHost, headers]) => {
	expect(isCrossSite(new Headers(headers as HeadersInit), ownHost)).toBe(isRefused);
});
