import { describe, expect, test } from 'vitest';
import { createRater } from './strength.ts';

const rate = createRater({ appName: 'Kennel Club', minLength: 8 });
const ada = { email: 'ada.lovelace@example.org', first_name: 'Ada', last_name: 'Lovelace' };

describe('a password is rated', () => {
	test.for([
		['', { level: 'refused', fault: { code: 'too_short', limit: 8 } }],
		['7 chars', { level: 'refused', fault: { code: 'too_short', limit: 8 } }],
		['🐎🐎🐎🐎', { level: 'refused', fault: { code: 'too_short', limit: 8 } }],
		['x'.repeat(257), { level: 'refused', fault: { code: 'too_long', limit: 256 } }],
		['Password', { level: 'refused', fault: { code: 'common' } }],
		['Lovelace1815!', { level: 'refused', fault: { code: 'personal', word: 'Lovelace' } }],
		['aaaaaaaaaaaa', { level: 'weak', weakness: 'repeats' }],
		['ab1$ab1$ab1$', { level: 'weak', weakness: 'repeats' }],
		['lmnopqrstuv', { level: 'weak', weakness: 'sequences' }],
		['rtyuiopoiuy', { level: 'weak', weakness: 'keys' }],
		['19901205', { level: 'weak', weakness: 'dates' }],
		['P@ssw0rd1!', { level: 'weak' }],
		['summer2024!', { level: 'fair' }],
		['kennel dogs sea', { level: 'strong' }],
		['four calm green words', { level: 'strong' }],
		['xK9#mQ2$vL', { level: 'good' }]
	] as const)('%s', ([password, rating]) => {
		expect(rate(password, ada)).toEqual(rating);
	});

	test('the words of the person count for little', () => {
		const password = 'grobowski xy z';
		const levels = [{}, { ...ada, last_name: 'Grobowski' }].map((person) => rate(password, person).level);
		expect(levels).toEqual(['strong', 'refused']);
	});

	test('the longest is rated in a moment', () => {
		const startedAt = performance.now();
		rate('ab1$'.repeat(64), ada);
		expect(performance.now() - startedAt).toBeLessThan(1000);
	});
});
