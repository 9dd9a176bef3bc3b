import { email as emailField, limits } from '#lib/credentials.ts';
import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { transact } from '../db/transact.ts';
import { type Fields, parseFields } from '../fields.ts';
import { forgetUndoLetters } from '../mail/outbox.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import {
	type LinkReason,
	outdateAddressTokens,
	spendOneTimeToken
} from '../one-time-tokens/one-time-token.ts';
import { limitLetters } from '../rate-limit/limiter.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import type { BrowserSession } from '../sessions/session.ts';
import type { AccountServices, Caller } from './caller.ts';
import { confirmIdentity, type ConfirmReason, findCurrentPasswordFaults } from './confirm-identity.ts';
import { findAccount, replaceEmail, unscheduleDeletion } from './store.ts';

/**
 * Sends a link to the address that a user wants to have; nothing changes before it is used. An address that somebody has is
 * answered in the same way, and its owner gets another letter.
 *
 * @param fields `email`, and `current_password` unless the log-in is recent
 */
export async function requestEmailChange(
	services: AccountServices,
	{ caller, fields }: { caller: Caller; fields: Fields },
	context: Context = {}
): Promise<Outcome<undefined, ConfirmReason>> {
	const { now = new Date(), record = () => {}, locale } = context;
	const { user } = caller;
	const parsed = parseFields({ email: emailField }, fields, {
		limits: { email: { max: limits.emailMax } },
		findFaults: ({ email }) => [
			...(email === user.email ? [{ field: 'email', code: 'unchanged' } as const] : []),
			...findCurrentPasswordFaults(fields)
		]
	});
	if (!parsed.ok) return parsed;
	const { email: to } = parsed.value;
	const confirmed = await confirmIdentity(services, { caller, fields }, context);
	if (!confirmed.ok) return confirmed;
	const act = async () => {
		// Whether somebody has the address is looked up when the letter is composed, behind this answer.
		await services.outbox.order(services.db, { kind: 'confirm_new_email', to, userId: user.id, locale }, now);
		return accept(undefined);
	};
	const requested = await limitLetters(services, { address: to, act }, context);
	if (requested.ok) record('email.change_requested', { user_id: user.id });
	return requested;
}

/**
 * Uses the link of the letter to the new address: the user has that one from now on, every session ends, and the old
 * address gets a letter with a link to undo it.
 */
export async function confirmEmailChange(
	services: AccountServices,
	{ token, session }: { token: unknown; session: BrowserSession | undefined },
	{ now = new Date(), record = () => {}, locale }: Context = {}
): Promise<Outcome<{ userId: string }, LinkReason | 'email_taken'>> {
	const changed = await transact(services.db, async (transaction) => {
		const findState = (id: string) => findAccount(transaction, { id });
		const spent = await spendOneTimeToken(transaction, { purpose: 'change_email', token, findState }, now);
		if (!spent.ok) return spent;
		const { user_id: userId, email: to } = spent.value;
		const account = await findAccount(transaction, { id: userId });
		if (!account || to === null) return refuse('link_outdated');
		const how = await replaceEmail(transaction, { id: userId, from: account.email, to }, now);
		if (how !== 'replaced') return refuse(how === 'taken' ? 'email_taken' : 'link_outdated');
		const exceptId = session?.user.id === userId ? session.id : undefined;
		await endSessions(transaction, { userId, exceptId }, now);
		const order = { kind: 'email_changed', to: account.email, userId, locale } as const;
		await services.outbox.order(transaction, { ...order, data: { new_email: to } }, now);
		return accept({ userId });
	});
	if (changed.ok) record('email.changed', { user_id: changed.value.userId });
	else record('link.refused', { purpose: 'change_email', reason: changed.reason });
	return changed;
}

/**
 * Uses the link of the letter to the old address: the user has that one again, and every session ends. Whoever changed it
 * meanwhile cannot take it back, by links to undo later changes or to addresses that were asked for before.
 */
export async function undoEmailChange(
	{ db }: { db: Db },
	{ token }: { token: unknown },
	{ now = new Date(), record = () => {} }: Context = {}
): Promise<Outcome<{ userId: string }, LinkReason | 'email_taken'>> {
	const undone = await transact(db, async (transaction) => {
		const findState = (id: string) => findAccount(transaction, { id });
		const shown = { purpose: 'undo_email_change', token, findState } as const;
		const spent = await spendOneTimeToken(transaction, shown, now);
		if (!spent.ok) return spent;
		const { user_id: userId, email: to } = spent.value;
		const account = await findAccount(transaction, { id: userId });
		if (!account || to === null) return refuse('link_outdated');
		const how = await replaceEmail(transaction, { id: userId, from: account.email, to }, now);
		if (how !== 'replaced') return refuse(how === 'taken' ? 'email_taken' : 'link_outdated');
		await endSessions(transaction, { userId }, now);
		// Nor is it deleted, if that was their wish.
		await unscheduleDeletion(transaction, userId, now);
		const later = { userId, after: spent.value.created_at };
		await outdateAddressTokens(transaction, later);
		await forgetUndoLetters(transaction, later);
		return accept({ userId });
	});
	if (undone.ok) record('email.change_undone', { user_id: undone.value.userId });
	else record('link.refused', { purpose: 'undo_email_change', reason: undone.reason });
	return undone;
}
