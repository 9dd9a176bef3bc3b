import * as v from 'valibot';
import { email, personName } from '#lib/credentials.ts';
import type { Config } from '../config/config.ts';
import type { UsersTable } from '../db/tables.ts';

/** A user as the rest of the service sees it: everything except the password. */
export interface User {
	id: string;
	email: string;
	first_name: string;
	last_name: string;
	role: 'user' | 'admin';
	/** Epoch milliseconds. */
	created_at: number;
	/** When the address was verified; epoch milliseconds. */
	email_verified_at: number | null;
}

/** A user with the time before which access tokens are refused. */
export type RestrictedUser = User & Pick<UsersTable, 'tokens_valid_from'>;

/** The columns of a `User`. */
export const userColumns = [
	'id',
	'email',
	'first_name',
	'last_name',
	'role',
	'created_at',
	'email_verified_at'
] as const;

/** The JSON of a user, with times in RFC 3339. */
export const describedUser = v.object({
	id: v.pipe(v.string(), v.uuid()),
	email,
	first_name: personName,
	last_name: personName,
	role: v.picklist(['user', 'admin']),
	created_at: v.pipe(v.string(), v.isoTimestamp()),
	email_verified: v.optional(v.pipe(v.boolean(), v.description('Only where EMAIL_VERIFICATION is not off.')))
});

export function describeUser(
	user: User,
	{ emailVerification }: Pick<Config, 'emailVerification'>
): v.InferOutput<typeof describedUser> {
	const { id, email, first_name, last_name, role, created_at, email_verified_at } = user;
	return {
		id,
		email,
		first_name,
		last_name,
		role,
		created_at: new Date(created_at).toISOString(),
		...(emailVerification === 'off' ? {} : { email_verified: email_verified_at !== null })
	};
}
