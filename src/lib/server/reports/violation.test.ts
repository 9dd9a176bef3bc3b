import { describe, expect, test } from 'vitest';
import { readViolations } from './violation.ts';

const report = (body: unknown) => [{ type: 'csp-violation', age: 1, url: 'https://id.example/', body }];
const full = {
	documentURL: 'https://id.example/account?token=geheim#top',
	effectiveDirective: 'script-src-elem',
	blockedURL: 'https://evil.example/steal.js?who=ada',
	sample: 'document.cookie',
	originalPolicy: 'default-src …'
};

describe('a violation is read', () => {
	test.for([
		[
			'from the Reporting API',
			report(full),
			[{ page: '/account', directive: 'script-src-elem', blocked: 'https://evil.example' }]
		],
		[
			'from the older report-uri',
			{
				'csp-report': {
					'document-uri': 'https://id.example/login?next=%2F',
					'violated-directive': "script-src 'self'",
					'blocked-uri': 'inline'
				}
			},
			[{ page: '/login', directive: 'script-src', blocked: 'inline' }]
		],
		[
			'with a data: address',
			report({ ...full, blockedURL: 'data:text/html;base64,Z2VoZWlt' }),
			[{ page: '/account', directive: 'script-src-elem', blocked: 'data' }]
		],
		[
			'with an email address in the path',
			report({ ...full, documentURL: 'https://id.example/users/ada@example.org' }),
			[expect.objectContaining({ page: '/users/a***@example.org' })]
		],
		[
			'with values that cannot be read',
			report({ documentURL: 7, effectiveDirective: 'a\nb', blockedURL: { toString: 1 } }),
			[{ page: 'unknown', directive: 'unknown', blocked: 'unknown' }]
		]
	] as const)('%s', ([, document, violations]) => {
		expect(readViolations(document)).toEqual(violations);
	});

	test('with members that are short enough for a line and without control characters', () => {
		const [violation] = readViolations(
			report({
				documentURL: `https://id.example/${'x'.repeat(9_000)}\u001b[31m`,
				effectiveDirective: 'x'.repeat(9_000),
				blockedURL: `https://${'x'.repeat(9_000)}.example/`
			})
		);
		expect(JSON.stringify(violation).length).toBeLessThan(400);
		const [other] = readViolations(
			report({ ...full, documentURL: 'https://id.example/\u001b[31m\u0007\n', blockedURL: 'in\u0000line' })
		);
		expect(Object.values(other ?? {}).join()).not.toMatch(/\p{Cc}/u);
	});
});

describe('no violation is read', () => {
	test.for([
		['from another kind of report', [{ type: 'deprecation', body: full }]],
		['from a browser extension', report({ ...full, blockedURL: 'chrome-extension://abc/x.js' })],
		['from another extension', report({ ...full, blockedURL: 'moz-extension' })],
		['from a number', 7],
		['from null', null],
		['from a list without reports', [null, 1, 'a', []]],
		['from an empty object', {}],
		['from a report without a body', [{ type: 'csp-violation' }]]
	] as const)('%s', ([, document]) => {
		expect(readViolations(document)).toEqual([]);
	});
});
