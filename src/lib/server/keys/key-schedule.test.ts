import { describe, expect, test } from 'vitest';
import { findCurrent, planKeys, type ScheduledKey, stateOf } from './key-schedule.ts';
import { dayMs, minuteMs } from '../durations.ts';

const now = Date.parse('2026-03-01T12:00:00Z');

/** Keys by the minutes from now at which they begin to sign, the newest first. */
function keys(...begins: [kid: string, minutes: number, algorithm?: string][]): ScheduledKey[] {
	return begins.map(([kid, minutes, algorithm = 'ES256'], index) => ({
		kid,
		algorithm,
		generation: begins.length - index,
		activates_at: now + minutes * minuteMs
	}));
}

describe('the key that signs', () => {
	test.for([
		['is the newest that has begun to', keys(['c', 5], ['b', 0], ['a', -90]), 'b'],
		['is of the algorithm of the settings', keys(['b', -1, 'EdDSA'], ['a', -90]), 'a'],
		['is the only one, even by a clock that is behind', keys(['a', 1]), 'a'],
		['is none where there is none', keys(['a', -1, 'RS256']), undefined]
	] as const)('%s', ([, given, kid]) => {
		expect(findCurrent(given, 'ES256', now)?.kid).toBe(kid);
	});
});

test('a key is next, current, retired, one after the other', () => {
	const given = keys(['c', 15], ['b', -1], ['a', -90]);
	expect(given.map((key) => stateOf(given, key, now))).toEqual(['next', 'current', 'retired']);
	expect(given.map((key) => stateOf(given, key, now + 15 * minuteMs))).toEqual([
		'current',
		'retired',
		'retired'
	]);
});

describe('what is to be done', () => {
	const rotationMs = 90 * dayMs;
	const days = (count: number) => count * 24 * 60;
	test.for([
		['without any key: one that signs at once', keys(), { newKeyAt: now, expired: [] }],
		['with one that signs: nothing', keys(['a', -days(30)]), { expired: [] }],
		['a minute before its last quarter of an hour: nothing', keys(['a', 16 - days(90)]), { expired: [] }],
		[
			'then: the next one, which all verifiers can know before it signs',
			keys(['a', 15 - days(90)]),
			{ newKeyAt: now + 15 * minuteMs, expired: [] }
		],
		['with the next one there: nothing', keys(['b', 15], ['a', 15 - days(90)]), { expired: [] }],
		[
			'long after, since nothing ran: the same',
			keys(['a', -days(300)]),
			{ newKeyAt: now + 15 * minuteMs, expired: [] }
		],
		['19 minutes after another took over: it stays', keys(['b', -19], ['a', -days(90)]), { expired: [] }],
		['20 minutes after: it goes', keys(['b', -20], ['a', -days(90)]), { expired: ['a'] }],
		[
			'with another algorithm’s keys only: one at once, and theirs stay for their tokens',
			keys(['a', -days(9), 'RS256']),
			{ newKeyAt: now, expired: [] }
		],
		[
			'20 minutes after another algorithm took over: its keys go',
			keys(['b', -20], ['a', -days(9), 'RS256']),
			{ expired: ['a'] }
		],
		[
			'back at an algorithm whose keys are due to go: a new one',
			keys(['b', -20, 'RS256'], ['a', -days(9)]),
			{ newKeyAt: now, expired: ['a'] }
		]
	] as const)('%s', ([, given, plan]) => {
		expect(planKeys(given, { algorithm: 'ES256', rotationMs }, now)).toEqual(plan);
	});

	test('without rotation: nothing, however old the key is', () => {
		expect(planKeys(keys(['a', -days(999)]), { algorithm: 'ES256', rotationMs: 0 }, now)).toEqual({
			expired: []
		});
	});
});
