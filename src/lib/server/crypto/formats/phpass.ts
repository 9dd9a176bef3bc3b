import { hash } from 'node:crypto';
import { decodeCryptDigit, encodeCryptBase64, runRounds } from './crypt-rounds.ts';
import { equalInConstantTime, type Reading } from './format.ts';

/** The binary logarithm of the rounds: WordPress used 13, and phpBB 11. */
const costs = { min: 7, max: 30, allowed: 20 };

/** The portable hashes of phpass: `$P$` (WordPress before 6.8) and `$H$` (phpBB), MD5 in many rounds. */
export function readPhpass(stored: string): Reading {
	const [, digit = '', salt = '', expected = ''] =
		/^\$[PH]\$([./A-Za-z0-9])([./A-Za-z0-9]{8})([./A-Za-z0-9]{22})$/.exec(stored) ?? [];
	const cost = decodeCryptDigit(digit || 'none');
	if (cost < costs.min || cost > costs.max) return undefined;
	if (cost > costs.allowed) return 'too_costly';
	return {
		memoryKib: 0,
		async verify(text) {
			const password = Buffer.from(text);
			const md5 = (before: Uint8Array) => hash('md5', Buffer.concat([before, password]), 'buffer');
			const digest = await runRounds(2 ** cost, md5(Buffer.from(salt)), (_, previous) => md5(previous));
			return equalInConstantTime(Buffer.from(encodeCryptBase64(digest)), Buffer.from(expected));
		}
	};
}
