import { cancelDeletion } from '../account/delete-account.ts';
import type { Config } from '../config/config.ts';
import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import type { Outbox } from '../mail/outbox.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import type { User } from './user.ts';
import type { UserWithTimes } from './store.ts';

export interface Admission {
	db: Db;
	outbox: Outbox;
	config: Pick<Config, 'emailVerification'>;
}

/** What else has to be so for somebody who has shown the right password; who wanted to leave, and is here again, stays. */
export async function admit(
	services: Admission,
	{ deletes_at, ...user }: UserWithTimes,
	context: Context
): Promise<Outcome<User, 'email_not_verified'>> {
	if (services.config.emailVerification === 'required' && user.email_verified_at === null) {
		context.record?.('login.refused', { reason: 'email_not_verified', user_id: user.id });
		return refuse('email_not_verified');
	}
	if (deletes_at !== null) await cancelDeletion(services, user, context);
	return accept(user);
}
