import { m } from '#lib/paraglide/messages.js';
import type { Rating, Weakness } from '#lib/passwords/strength.ts';

export const levelNames = {
	refused: m.strength_refused,
	weak: m.strength_weak,
	fair: m.strength_fair,
	good: m.strength_good,
	strong: m.strength_strong
} satisfies Record<Rating['level'], () => string>;

const weaknesses = {
	keys: m.weakness_keys,
	repeats: m.weakness_repeats,
	sequences: m.weakness_sequences,
	dates: m.weakness_dates,
	common: m.weakness_common,
	personal: m.weakness_personal
} satisfies Record<Weakness, () => string>;

/** The sentences of the server's refusals (`http/sentences.ts`). */
const faults = {
	too_short: m.field_too_short,
	too_long: m.field_too_long,
	common: m.field_password_common,
	personal: m.field_password_personal
};

/** The level in words, what is weak about the password, and what to do. */
export function describeRating(rating: Rating): string {
	const sentences = [`${levelNames[rating.level]()}.`];
	if (rating.level === 'refused') {
		sentences.push(faults[rating.fault.code]({ limit: 0, word: '', ...rating.fault }));
	} else if (rating.level === 'weak' || rating.level === 'fair') {
		if (rating.weakness) sentences.push(weaknesses[rating.weakness]());
		sentences.push(m.strength_advice());
	}
	return sentences.join(' ');
}
