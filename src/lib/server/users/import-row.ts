import * as v from 'valibot';
import { email, limits, personName } from '#lib/credentials.ts';
import { createId } from '../crypto/random.ts';
import { judgeStoredHash } from '../crypto/stored-hash.ts';
import type { NewUser } from './store.ts';
import type { Fields } from '../fields.ts';
import { dayMs } from '../durations.ts';

/** Why a row of another system cannot become a user. */
export type RowFault =
	| 'unreadable'
	| 'email_invalid'
	| 'name_invalid'
	| 'role_unknown'
	| 'hash_missing'
	| 'hash_unrecognised'
	| 'hash_too_costly'
	| 'created_at_invalid';

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/**
 * Makes a user from a row of another system, with its password hash. A missing first name becomes the local part of
 * the email address and a missing last name a dash: both columns need a value, and these show where it came from.
 */
export function readUserRow(fields: Fields, now: Date): NewUser | RowFault {
	const address = parse(email, fields.email);
	if (address === undefined) return 'email_invalid';
	const localPart = address.slice(0, address.lastIndexOf('@'));
	const firstName = parse(personName, given(fields.first_name) ?? localPart.slice(0, limits.nameMax));
	const lastName = parse(personName, given(fields.last_name) ?? '-');
	if (firstName === undefined || lastName === undefined) return 'name_invalid';
	const role = String(given(fields.role) ?? 'user').toLowerCase();
	if (role !== 'user' && role !== 'admin') return 'role_unknown';
	const hash = given(fields.hashed_password);
	if (typeof hash !== 'string') return 'hash_missing';
	const judgement = judgeStoredHash(hash);
	if (judgement !== 'verifiable') return `hash_${judgement}`;
	const createdAt = readTime(given(fields.created_at) ?? now);
	if (!(createdAt >= 0 && createdAt <= now.getTime() + dayMs)) return 'created_at_invalid';
	return {
		id: createId(),
		email: address,
		hashed_password: hash,
		first_name: firstName,
		last_name: lastName,
		role,
		created_at: createdAt,
		updated_at: now.getTime()
	};
}

function parse(schema: typeof email | typeof personName, value: unknown): string | undefined {
	const parsed = v.safeParse(schema, value, { abortPipeEarly: true });
	return parsed.success ? parsed.output : undefined;
}

/** A value with content: neither null nor white space. */
function given(value: unknown): unknown {
	const cell = typeof value === 'string' ? value.trim() : value;
	return cell === '' || cell === null ? undefined : cell;
}

/** @returns epoch milliseconds; NaN for anything but epoch milliseconds, RFC 3339, or a date of the driver */
function readTime(value: unknown): number {
	if (value instanceof Date) return value.getTime();
	const text = String(value);
	if (/^\d+$/.test(text)) return Number(text);
	return rfc3339.test(text) ? Date.parse(text) : NaN;
}
