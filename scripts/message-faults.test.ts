import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findMessageFaults } from './message-faults.ts';
import { readMessages } from './messages.ts';

const en = { $schema: 'x', greeting: 'Hello, {name}', end: 'Bye' };

test.for([
	['a missing message', { greeting: 'Hallo, {name}' }, 'de: end is missing'],
	['a message that English lacks', { ...en, more: 'Mehr' }, 'de: more is superfluous, en has none'],
	['an empty message', { ...en, end: ' ' }, 'de: end is empty'],
	['a message without a text', { ...en, end: [] }, 'de: end is empty'],
	['a missing placeholder', { ...en, greeting: 'Hallo' }, 'de: greeting has no placeholder, en has {name}'],
	['an unknown placeholder', { ...en, end: 'Bis {day}' }, 'de: end has {day}, en has none'],
	['a misspelt placeholder', { ...en, greeting: 'Hallo, {nam}' }, 'de: greeting has {nam}, en has {name}']
] as const)('%s is a fault', ([, de, fault]) => {
	expect(findMessageFaults({ en, de })).toEqual([fault]);
});

test('an empty message is a fault in English too', () => {
	expect(findMessageFaults({ en: { end: '' }, de: { end: '' } })).toEqual([
		'en: end is empty',
		'de: end is empty'
	]);
});

test('a name of a language that is too long for the database is a fault', () => {
	expect(findMessageFaults({ en, 'zh-Hant': en, 'zh-Hant-TW': en })).toEqual([
		'zh-Hant-TW: the name of a language has at most 8 characters'
	]);
});

test('each fault has its own line', () => {
	expect(findMessageFaults({ en, de: {} })).toEqual(['de: greeting is missing', 'de: end is missing']);
});

test('the order of placeholders and the plural cases may differ between languages', () => {
	const cases = [{ match: { 'countPlural=one': '{count} für {name}', 'countPlural=other': '{count}' } }];
	expect(findMessageFaults({ en: { many: '{name}: {count}' }, de: { many: cases } })).toEqual([]);
});

test('the messages of this service have no faults', () => {
	const languages = readMessages();
	expect(Object.keys(languages).slice(0, 2)).toEqual(['en', 'de']);
	expect(findMessageFaults(languages)).toEqual([]);
});

test.for(Object.keys(readMessages()))('no key of %s is listed twice', (language) => {
	const text = readFileSync(`messages/${language}.json`, 'utf8');
	expect(text.match(/^\t"/gm)).toHaveLength(Object.keys(readMessages()[language] ?? {}).length);
});
