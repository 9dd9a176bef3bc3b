import { email as emailField, limits } from '#lib/credentials.ts';
import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { type LinkReason, spendOneTimeToken } from '../one-time-tokens/one-time-token.ts';
import { limitLetters } from '../rate-limit/limiter.ts';
import type { AccountServices } from './caller.ts';
import { findAccount, markVerified } from './store.ts';

export type LetterReason = 'invalid_fields' | 'too_many_requests';

/** What of the services a letter is asked for with. */
export type LetterServices = Pick<AccountServices, 'db' | 'limiter' | 'outbox'>;

/**
 * Asks for a letter by the address alone: one and the same row is written whether somebody has it or not, and the answer
 * does not wait for who that is (OWASP ASVS 5.0, 6.3.8).
 *
 * @param fields `email`
 */
export async function requestLetter(
	{ db, limiter, outbox }: LetterServices,
	{ kind, fields }: { kind: 'verify_email' | 'reset_password'; fields: Fields },
	context: Context = {}
): Promise<Outcome<undefined, LetterReason>> {
	const { now = new Date(), record = () => {}, locale } = context;
	const parsed = parseFields({ email: emailField }, fields, { limits: { email: { max: limits.emailMax } } });
	if (!parsed.ok) return parsed;
	const { email: to } = parsed.value;
	const act = async () => {
		await outbox.order(db, { kind, to, locale }, now);
		return accept(undefined);
	};
	const requested = await limitLetters({ db, limiter }, { address: to, act }, context);
	const requestedEvent =
		kind === 'verify_email' ? 'email.verification_requested' : 'password.reset_requested';
	if (requested.ok) record(requestedEvent);
	else record('letter.limited', { limit: requested.limit?.name });
	return requested;
}

/** Uses the link of the letter: the address is the user's. */
export async function verifyEmail(
	{ db }: Pick<AccountServices, 'db'>,
	{ token }: { token: unknown },
	{ now = new Date(), record = () => {} }: Context = {}
): Promise<Outcome<{ userId: string }, LinkReason>> {
	const verified = await transact(db, async (transaction) => {
		const findState = (id: string) => findAccount(transaction, { id });
		const spent = await spendOneTimeToken(transaction, { purpose: 'verify_email', token, findState }, now);
		if (!spent.ok) return spent;
		const account = await findAccount(transaction, { id: spent.value.user_id });
		const isNew = account && (await markVerified(transaction, account, now));
		return isNew ? accept({ userId: account.id }) : refuse('link_outdated');
	});
	if (verified.ok) record('email.verified', { user_id: verified.value.userId });
	else record('link.refused', { purpose: 'verify_email', reason: verified.reason });
	return verified;
}
