import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { limits } from '#lib/credentials.ts';
import { listPersonalWords, type Person } from './personal-words.ts';
import { findPasswordFault, type PasswordFault } from './policy.ts';

/** Why a password is easy to guess. */
export type Weakness = 'keys' | 'repeats' | 'sequences' | 'dates' | 'common' | 'personal';

export type Rating =
	| { level: 'refused'; fault: PasswordFault | { code: 'too_short' | 'too_long'; limit: number } }
	| { level: 'weak' | 'fair'; weakness?: Weakness }
	| { level: 'good' | 'strong' };

/** The time grows with the square of the length, so only the beginning of a longer password is rated. */
const judgedCharacters = 100;

const weaknesses: Record<string, Weakness> = {
	straightRow: 'keys',
	keyPattern: 'keys',
	simpleRepeat: 'repeats',
	extendedRepeat: 'repeats',
	sequences: 'sequences',
	recentYears: 'dates',
	dates: 'dates',
	topTen: 'common',
	topHundred: 'common',
	common: 'common',
	similarToCommon: 'common',
	userInputs: 'personal'
};

/**
 * Prepares the rating that a browser shows while a password is chosen, including what the server would refuse. It
 * loads a list of some 200 kB: import it only then.
 */
export function createRater(rules: { appName: string; minLength: number }) {
	const zxcvbn = new ZxcvbnFactory({
		graphs: adjacencyGraphs,
		dictionary: { common: dictionary['passwords-common'] },
		maxLength: judgedCharacters
	});

	return function rate(typed: string, person: Person): Rating {
		const password = typed.normalize('NFC');
		const length = [...password].length;
		if (length < rules.minLength) return refused({ code: 'too_short', limit: rules.minLength });
		if (length > limits.passwordMax) return refused({ code: 'too_long', limit: limits.passwordMax });
		const fault = findPasswordFault(password, person, rules);
		if (fault) return refused(fault);
		const { score, feedback } = zxcvbn.check(password, listPersonalWords(person, rules.appName));
		if (score > 2) return { level: score > 3 ? 'strong' : 'good' };
		const weakness = weaknesses[feedback.warning ?? ''];
		return { level: score > 1 ? 'fair' : 'weak', ...(weakness ? { weakness } : {}) };
	};
}

function refused(fault: Extract<Rating, { level: 'refused' }>['fault']): Rating {
	return { level: 'refused', fault };
}
