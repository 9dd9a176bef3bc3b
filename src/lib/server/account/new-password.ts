import { limits, newPassword } from '#lib/credentials.ts';
import { findPasswordFault } from '#lib/passwords/policy.ts';
import type { Config } from '../config/config.ts';
import type { UsersTable } from '../db/tables.ts';
import { type Fields, parseFields } from '../fields.ts';
import type { Outcome } from '../outcome.ts';

type Person = Pick<UsersTable, 'email' | 'first_name' | 'last_name'>;

/** A new password for somebody who is known, by the same rules as at registering. */
export function parseNewPassword(
	{ passwordMinLength, appName }: Pick<Config, 'passwordMinLength' | 'appName'>,
	fields: Fields,
	{ email, first_name, last_name }: Person
): Outcome<{ password: string }, 'invalid_fields'> {
	return parseFields({ password: newPassword(passwordMinLength) }, fields, {
		limits: { password: { min: passwordMinLength, max: limits.passwordMax } },
		findFaults({ password }) {
			if (password === undefined) return [];
			const person = { email, first_name, last_name };
			const fault = findPasswordFault(password, person, { appName, minLength: passwordMinLength });
			return fault ? [{ field: 'password', ...fault }] : [];
		}
	});
}
