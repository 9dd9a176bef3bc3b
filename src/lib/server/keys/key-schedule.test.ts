import { describe, expect, test } from 'vitest';
import { findCurrent, planKeys, type ScheduledKey, stateOf } from './key-schedule.ts';
import { dayMs, minuteMs } from '../durations.ts';

const now = Date.parse('2026-03-01T12:00:00Z');

/** Makes keys from the minutes from now at which they begin to sign, the newest first. */
function keys(...begins: [kid: string, minutes: number, algorithm?: string][]): ScheduledKey[] {
	return begins.map(([kid, minutes, algorithm = 'ES256'], index) => ({
		kid,
		algorithm,
		generation: begins.length - index,
		activates_at: now + minutes * minuteMs
	}));
}

describe('the current key', () => {
	test.for([
		['is the newest that has begun to sign', keys(['c', 5], ['b', 0], ['a', -90]), 'b'],
		['is of the algorithm of the settings', keys(['b', -1, 'EdDSA'], ['a', -90]), 'a'],
		['is the only one, even if the clock is slow', keys(['a', 1]), 'a'],
		['is undefined without a key of the algorithm', keys(['a', -1, 'RS256']), undefined]
	] as const)('%s', ([, given, kid]) => {
		expect(findCurrent(given, 'ES256', now)?.kid).toBe(kid);
	});
});

test('a key is first next, then current, then retired', () => {
	const given = keys(['c', 15], ['b', -1], ['a', -90]);
	expect(given.map((key) => stateOf(given, key, now))).toEqual(['next', 'current', 'retired']);
	expect(given.map((key) => stateOf(given, key, now + 15 * minuteMs))).toEqual([
		'current',
		'retired',
		'retired'
	]);
});

describe('the plan', () => {
	const rotationMs = 90 * dayMs;
	const days = (count: number) => count * 24 * 60;
	test.for([
		['without any key is a key that signs immediately', keys(), { newKeyAt: now, expired: [] }],
		['with a current key is empty', keys(['a', -days(30)]), { expired: [] }],
		[
			'is empty a minute before the last quarter of an hour of the current key',
			keys(['a', 16 - days(90)]),
			{ expired: [] }
		],
		[
			'in the last quarter of an hour is the next key, so that verifiers know it before it signs',
			keys(['a', 15 - days(90)]),
			{ newKeyAt: now + 15 * minuteMs, expired: [] }
		],
		['is empty if the next key exists', keys(['b', 15], ['a', 15 - days(90)]), { expired: [] }],
		[
			'long after the last quarter of an hour, if no instance ran, is the next key',
			keys(['a', -days(300)]),
			{ newKeyAt: now + 15 * minuteMs, expired: [] }
		],
		[
			'19 minutes after a rotation keeps the retired key',
			keys(['b', -19], ['a', -days(90)]),
			{ expired: [] }
		],
		[
			'20 minutes after a rotation removes the retired key',
			keys(['b', -20], ['a', -days(90)]),
			{ expired: ['a'] }
		],
		[
			'with keys of another algorithm only is a key that signs immediately, and keeps theirs for their tokens',
			keys(['a', -days(9), 'RS256']),
			{ newKeyAt: now, expired: [] }
		],
		[
			'20 minutes after a change of the algorithm removes the keys of the previous one',
			keys(['b', -20], ['a', -days(9), 'RS256']),
			{ expired: ['a'] }
		],
		[
			'for a return to an algorithm whose keys have expired is a new key',
			keys(['b', -20, 'RS256'], ['a', -days(9)]),
			{ newKeyAt: now, expired: ['a'] }
		]
	] as const)('%s', ([, given, plan]) => {
		expect(planKeys(given, { algorithm: 'ES256', rotationMs }, now)).toEqual(plan);
	});

	test('without rotation is empty for a key of any age', () => {
		expect(planKeys(keys(['a', -days(999)]), { algorithm: 'ES256', rotationMs: 0 }, now)).toEqual({
			expired: []
		});
	});
});
