import { describe, expect, test } from 'vitest';
import { findLatin, findLatinInHtml, findLatinInProblem } from './support/languages/find-latin.ts';
import { thirdMessages } from './support/languages/third-language.ts';

test('a message of the third language has no Latin character but in its placeholders', () => {
	const { $schema, ...messages } = thirdMessages;
	const texts = Object.values(messages).map((text) => text.replaceAll(/\{\w+\}/g, ''));
	expect($schema).toMatch(/^https:/);
	expect(texts.length).toBeGreaterThan(250);
	expect(texts.flatMap(findLatin)).toEqual([]);
	expect(thirdMessages.account_greeting).toMatch(/^\p{Script=Hebrew}+, \{name\}$/u);
});

describe('English is found', () => {
	test.for([
		['in a text', '<p>שלום</p><p> Log in </p>', 'Log in'],
		['beside a name', '<h1>Hello, <bdi>Ada</bdi></h1>', 'Hello,'],
		['beside data', '<p>Sent to ada@example.org</p>', 'Sent to ada@example.org'],
		['in a label', '<nav aria-label="Account">שלום</nav>', 'Account'],
		['in the title of a window', '<title>Account · User Management</title>', 'Account · User Management'],
		['beside a comment', '<p><!-- note -->On</p>', 'On'],
		['in an element that says it is in the third language', '<p lang="he-IL">On</p>', 'On']
	])('%s', ([, html = '', found]) => {
		expect(findLatinInHtml(html)).toEqual([found]);
	});

	test('in each sentence of a problem document', () => {
		const errors = [{ field: 'email', detail: 'Enter' }];
		expect(findLatinInProblem({ title: 'Error', detail: 'Wait', errors })).toEqual([
			'Error',
			'Wait',
			'Enter'
		]);
	});
});

test.for([
	['the app and the user', '<h1>User Management</h1><dd><bdi>Grace</bdi> ada@example.org</dd>'],
	['code', '<code>POST /token</code><script>const a = 1;</script>'],
	[
		'what is marked as another language',
		'<p class="a" lang="en">Some <b>text</b></p><button lang="de">Deutsch</button>'
	],
	['what is not shown', '<input type="hidden" name="back" value="/login"><a href="/login">שלום</a>']
])('%s may be Latin', ([, html = '']) => {
	expect(findLatinInHtml(html)).toEqual([]);
});
