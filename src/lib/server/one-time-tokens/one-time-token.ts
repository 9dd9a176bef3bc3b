import { createToken, hashToken } from '../crypto/random.ts';
import type { Db, OneTimeTokensTable, UsersTable } from '../db/tables.ts';
import { dayMs } from '../durations.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { findAccount } from '../users/store.ts';
import { type BindingState, type Purpose, purposes } from './purposes.ts';
import { deleteOldTokens, findToken, insertToken, markUsed } from './store.ts';

/** How long an expired link can still be distinguished from one that never existed. */
const rememberedMs = 7 * dayMs;
const form = /^[\w-]{43}$/;

export type LinkReason = 'link_invalid' | 'link_used' | 'link_expired' | 'link_outdated';

/** A token as received, with the purpose that it must have. */
export interface ShownToken {
	purpose: Purpose;
	token: unknown;
}

/** A valid token, and the account that it belongs to. */
export interface ValidToken {
	token: Pick<OneTimeTokensTable, 'token_hash' | 'email' | 'created_at'>;
	account: UsersTable;
}

/**
 * Makes a token for a link in an email: 256 random bits, of which only the SHA-256 is stored.
 *
 * @param email the address that the link is about, if it is not the address of the user
 */
export async function issueOneTimeToken(
	db: Db,
	{
		purpose,
		userId,
		state,
		email
	}: {
		purpose: Purpose;
		userId: string;
		state: BindingState;
		email?: string | undefined;
	},
	now = new Date()
): Promise<string> {
	const token = createToken();
	const at = now.getTime();
	await insertToken(db, {
		token_hash: hashToken(token),
		purpose,
		user_id: userId,
		email: email ?? null,
		bound_to: fingerprint(purpose, state),
		created_at: at,
		expires_at: at + purposes[purpose].lifetimeMs
	});
	return token;
}

/** Checks whether a token is valid. Changes nothing, so that mail scanners may open links. */
export async function checkOneTimeToken(
	db: Db,
	{ purpose, token }: ShownToken,
	now = new Date()
): Promise<Outcome<ValidToken, LinkReason>> {
	if (typeof token !== 'string' || !form.test(token)) return refuse('link_invalid');
	const found = await findToken(db, hashToken(token));
	if (found?.purpose !== purpose) return refuse('link_invalid');
	if (found.used_at !== null) return refuse('link_used');
	if (found.expires_at <= now.getTime()) return refuse('link_expired');
	const account = await findAccount(db, { id: found.user_id });
	if (!account || fingerprint(purpose, account) !== found.bound_to) return refuse('link_outdated');
	return accept({ token: found, account });
}

/** Marks a token as used, in the transaction of its act. Of two concurrent requests, one succeeds. */
export async function spendOneTimeToken(
	transaction: Db,
	shown: ShownToken,
	now: Date
): Promise<Outcome<ValidToken, LinkReason>> {
	const checked = await checkOneTimeToken(transaction, shown, now);
	if (!checked.ok) return checked;
	const isFirst = await markUsed(transaction, checked.value.token.token_hash, now.getTime());
	return isFirst ? checked : refuse('link_used');
}

export async function sweepOneTimeTokens(db: Db, now = new Date()): Promise<void> {
	await deleteOldTokens(db, now.getTime() - rememberedMs);
}

function fingerprint(purpose: Purpose, state: BindingState): string {
	return hashToken(JSON.stringify([purpose, ...purposes[purpose].binds(state)]));
}
