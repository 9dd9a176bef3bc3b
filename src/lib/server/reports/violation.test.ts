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
			'of an e-mail address in the path',
			report({ ...full, documentURL: 'https://id.example/users/ada@example.org' }),
			[expect.objectContaining({ page: '/users/a***@example.org' })]
		],
		[
			'of nothing it could name',
			report({ documentURL: 7, effectiveDirective: 'a\nb', blockedURL: { toString: 1 } }),
			[{ page: 'unknown', directive: 'unknown', blocked: 'unknown' }]
		]
	] as const)('%s', ([, document, violations]) => {
		expect(readViolations(document)).toEqual(violations);
	});

	test('no member is longer than a line bears, or has a control character', () => {
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

describe('nothing is read', () => {
	test.for([
		['of another kind of report', [{ type: 'deprecation', body: full }]],
		['of a browser’s extension', report({ ...full, blockedURL: 'chrome-extension://abc/x.js' })],
		['of another extension', report({ ...full, blockedURL: 'moz-extension' })],
		['of a number', 7],
		['of null', null],
		['of a list of nothing', [null, 1, 'a', []]],
		['of an empty object', {}],
		['of a report without a body', [{ type: 'csp-violation' }]]
	] as const)('%s', ([, document]) => {
		expect(readViolations(document)).toEqual([]);
	});
});
