import * as v from 'valibot';
import { password } from '#lib/credentials.ts';

/** A field of acts that ask for a recent login or the password. */
export const currentPassword = v.optional(
	v.pipe(password, v.description('Required when the last login is more than RECENT_LOGIN_MINUTES ago.'))
);
