import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findMessageFaults } from './message-faults.ts';
import { readMessages } from './messages.ts';

const en = { $schema: 'x', greeting: 'Hello, {name}', end: 'Bye' };

test.for([
	['a sentence that is missing', { greeting: 'Hallo, {name}' }, 'de: end is missing'],
	['one that English lacks', { ...en, more: 'Mehr' }, 'de: more is superfluous, en has none'],
	['an empty one', { ...en, end: ' ' }, 'de: end is empty'],
	['one without a text', { ...en, end: [] }, 'de: end is empty'],
	['a lost placeholder', { ...en, greeting: 'Hallo' }, 'de: greeting has no placeholder, en has {name}'],
	['a strange placeholder', { ...en, end: 'Bis {day}' }, 'de: end has {day}, en has none'],
	['a misspelt one', { ...en, greeting: 'Hallo, {nam}' }, 'de: greeting has {nam}, en has {name}']
] as const)('%s is a fault', ([, de, fault]) => {
	expect(findMessageFaults({ en, de })).toEqual([fault]);
});

test('an empty sentence is a fault in English too', () => {
	expect(findMessageFaults({ en: { end: '' }, de: { end: '' } })).toEqual([
		'en: end is empty',
		'de: end is empty'
	]);
});

test('each fault has a line of its own', () => {
	expect(findMessageFaults({ en, de: {} })).toEqual(['de: greeting is missing', 'de: end is missing']);
});

test('the order of placeholders is free, and so are the cases of a language', () => {
	const cases = [{ match: { 'countPlural=one': '{count} für {name}', 'countPlural=other': '{count}' } }];
	expect(findMessageFaults({ en: { many: '{name}: {count}' }, de: { many: cases } })).toEqual([]);
});

test('the languages of this service have no faults', () => {
	const languages = readMessages();
	expect(Object.keys(languages).slice(0, 2)).toEqual(['en', 'de']);
	expect(findMessageFaults(languages)).toEqual([]);
});

test.for(Object.keys(readMessages()))('no key of %s stands there twice', (language) => {
	const text = readFileSync(`messages/${language}.json`, 'utf8');
	expect(text.match(/^\t"/gm)).toHaveLength(Object.keys(readMessages()[language] ?? {}).length);
});
