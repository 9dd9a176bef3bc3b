import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { chooseLanguage, inLanguage } from './language.ts';

function choose(acceptLanguage: string | undefined, cookie?: string, isHttps = false): string {
	return chooseLanguage({ acceptLanguage, cookie }, isHttps);
}

describe('Accept-Language', () => {
	test.for([
		[undefined, 'en'],
		['', 'en'],
		['de', 'de'],
		['DE', 'de'],
		['de-AT', 'de'],
		['de-Latn-AT-1996', 'de'],
		['en-GB', 'en'],
		['fr', 'en'],
		['den', 'en'],
		['d', 'en'],
		['*', 'en'],
		['fr, *;q=0.1', 'en'],
		['de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7', 'de'],
		['en-US,en;q=0.9,de;q=0.8', 'en'],
		['fr, de;q=0.5', 'de'],
		['en;q=0.5, de;q=0.8', 'de'],
		['en;q=0.001, de;q=0.01', 'de'],
		['de, en', 'de'],
		['en, de', 'en'],
		['en ; q=0.1 , de ; q=0.9', 'de'],
		['en;Q=0.1,\tde', 'de'],
		[', ,de,', 'de'],
		// With a weight of 0, a language is not acceptable. A region does not stand for its whole language.
		['de;q=0', 'en'],
		['de;q=0, de-AT', 'en'],
		['de-CH;q=0, de', 'de'],
		['en;q=0, *', 'de'],
		['en;q=0, de;q=0', 'en'],
		['*;q=0', 'en'],
		// Malformed as a whole or in part.
		['de;q=2', 'en'],
		['de;q=-1', 'en'],
		['de;q=0.5555', 'en'],
		['de;q=', 'en'],
		['de;q', 'en'],
		['de;level=1', 'en'],
		['de_AT', 'de'],
		['de_DE.UTF-8', 'en'],
		['_de', 'en'],
		['fr, de_CH;q=0.5', 'de'],
		['de_AT;q=0, en;q=0.5', 'en'],
		['de-', 'en'],
		['-de', 'en'],
		['deutschland', 'en'],
		['%, fr;;, de', 'de'],
		['constructor', 'en'],
		['__proto__', 'en'],
		[`de,${' '.repeat(2_000)}`, 'en'],
		['de,'.repeat(5_000), 'en']
	])('%j is %s', ([header, language]) => {
		expect(choose(header)).toBe(language);
	});

	test('a header of the greatest length is read in a few milliseconds', () => {
		const startedAt = performance.now();
		choose('a-'.repeat(500));
		choose('*;q=0.'.repeat(166));
		choose(' '.repeat(1_000));
		expect(performance.now() - startedAt).toBeLessThan(50);
	});
});

describe('the cookie', () => {
	test.for([
		['language=de', false, 'de'],
		['session=x; language=de; device=y', false, 'de'],
		['session=x;language=de', false, 'de'],
		['language=en', false, 'en'],
		['__Host-language=de', true, 'de'],
		// A cookie of plain HTTP must not decide for pages over HTTPS.
		['language=de', true, 'en'],
		['__Host-language=de', false, 'en'],
		['mylanguage=de', false, 'en'],
		['language', false, 'en'],
		['language=', false, 'en'],
		['language=fr', false, 'en'],
		['language=DE', false, 'en'],
		['language=de-AT', false, 'en'],
		['language=de=1', false, 'en'],
		['language="de"', false, 'en'],
		['language=%64e', false, 'en']
	] as const)('%s, over https: %s, is %s', ([cookie, isHttps, language]) => {
		expect(choose(undefined, cookie, isHttps)).toBe(language);
	});

	test('overrides the preference of the browser', () => {
		expect(choose('de', 'language=en')).toBe('en');
		expect(choose('en', 'language=de')).toBe('de');
	});

	test('with an unknown language leaves the preference of the browser', () => {
		expect(choose('de', 'language=tlh')).toBe('de');
	});
});

describe('messages', () => {
	test('are in English outside a request', () => {
		expect(m.language_label()).toBe('Language');
	});

	test('are in the language of their request while others are answered concurrently', async () => {
		async function answer(): Promise<string[]> {
			const before = m.language_label();
			await pause(5);
			return [before, m.language_label()];
		}
		const answers = await Promise.all([
			inLanguage('de', answer),
			inLanguage('en', answer),
			inLanguage('de', answer)
		]);
		expect(answers).toEqual([
			['Sprache', 'Sprache'],
			['Language', 'Language'],
			['Sprache', 'Sprache']
		]);
		expect(m.language_label()).toBe('Language');
	});
});
