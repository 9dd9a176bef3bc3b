import { email as emailField } from '#lib/credentials.ts';
import {
	confirmIdentity,
	type ConfirmReason,
	findCurrentPasswordErrors
} from '../authentication/confirm-identity.ts';
import type { Caller } from '../authentication/caller.ts';
import type { Context } from '../context.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, limitOf, type Outcome } from '../outcome.ts';
import { limitEmails } from '../rate-limit/limiter.ts';
import type { AccountServices } from './account-services.ts';

/**
 * Sends a link to the address to which a user wants to change. Nothing changes until the link is used. If the address
 * belongs to another user, the answer is the same, but its owner gets a different email.
 *
 * @param fields `email`, and `current_password` unless the login is recent
 */
export async function requestEmailChange(
	services: AccountServices,
	{ caller, fields }: { caller: Caller; fields: Fields },
	context: Context
): Promise<Outcome<undefined, ConfirmReason>> {
	const { now, audit, locale } = context;
	const { db, outbox } = services;
	const { user } = caller;
	const parsed = parseFields({ email: emailField }, fields, ({ email }) => [
		...(email === user.email ? [{ field: 'email', code: 'unchanged' } as const] : []),
		...findCurrentPasswordErrors(fields)
	]);
	if (!parsed.ok) return parsed;
	const { email: to } = parsed.value;
	const confirmed = await confirmIdentity(services, { caller, fields }, context);
	if (!confirmed.ok) return confirmed;
	const act = async () => {
		// The email is rendered after this answer. Only then does the service look up whether the address is taken.
		await outbox.enqueue(db, { kind: 'confirm_new_email', to, userId: user.id, locale }, now);
		return accept(undefined);
	};
	const requested = await limitEmails(services, { address: to, act }, context);
	if (requested.ok) await audit.record(db, 'email.change_requested', { user_id: user.id });
	else await audit.record(db, 'email.limited', { user_id: user.id, limit: limitOf(requested)?.name });
	return requested;
}
