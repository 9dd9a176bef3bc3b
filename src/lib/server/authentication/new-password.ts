import { newPassword } from '#lib/credentials.ts';
import { findPasswordFault } from '#lib/passwords/policy.ts';
import type { Config } from '../config/config.ts';
import { type Fields, parseFields } from '../fields.ts';
import type { FieldError, Outcome } from '../outcome.ts';
import type { User } from '../users/user.ts';

type PasswordRules = Pick<Config, 'passwordMinLength' | 'appName'>;
type Person = Partial<Pick<User, 'email' | 'first_name' | 'last_name'>>;

/**
 * The rules for a new password besides its length: it must be uncommon, and must not consist of the user's own words.
 */
export function findNewPasswordErrors(
	{ passwordMinLength: minLength, appName }: PasswordRules,
	password: string | undefined,
	{ email, first_name, last_name }: Person
): FieldError[] {
	if (password === undefined) return [];
	const fault = findPasswordFault(password, { email, first_name, last_name }, { appName, minLength });
	return fault ? [{ field: 'password', ...fault }] : [];
}

/** Parses the new password of an existing user. */
export function parseNewPassword(
	rules: PasswordRules,
	fields: Fields,
	person: Person
): Outcome<{ password: string }, 'invalid_fields'> {
	return parseFields({ password: newPassword(rules.passwordMinLength) }, fields, ({ password }) =>
		findNewPasswordErrors(rules, password, person)
	);
}
