import { findAccount } from '../account/find-account.ts';
import type { Config } from '../config/config.ts';
import type { Db, OutboxTable } from '../db/tables.ts';
import { issueOneTimeToken } from '../one-time-tokens/one-time-token.ts';
import type { Purpose } from '../one-time-tokens/purposes.ts';
import type { Letter } from './letter.ts';
import {
	alreadyRegisteredLetter,
	confirmNewEmailLetter,
	emailChangedLetter,
	verifyEmailLetter
} from './letters/address-letters.ts';
import { deletionCancelledLetter, deletionScheduledLetter } from './letters/deletion-letters.ts';
import type { Frame } from './letters/layout.ts';
import { passwordChangedLetter, resetPasswordLetter } from './letters/password-letters.ts';

const pages: Record<Purpose, string> = {
	verify_email: '/verify-email',
	reset_password: '/reset-password',
	change_email: '/confirm-email',
	undo_email_change: '/undo-email-change'
};

/**
 * Writes the letter of an order as things are now, with a fresh link where it has one.
 *
 * @returns undefined when it is moot: nobody has the address, or what it asks for is done
 */
export async function composeLetter(
	{ db, config }: { db: Db; config: Pick<Config, 'appName' | 'origin' | 'emailVerification'> },
	order: OutboxTable,
	now = new Date()
): Promise<Letter | undefined> {
	const { kind, recipient, user_id, created_at: at } = order;
	const { appName, origin } = config;
	const data = JSON.parse(order.data) as Record<string, string>;
	const account = await findAccount(db, user_id === null ? { email: recipient } : { id: user_id });
	if (!account) return undefined;
	const locale = order.locale === 'de' ? 'de' : 'en';
	// Who has not shown that the address is theirs could have anybody greeted by any name.
	const firstName = account.email_verified_at === null ? undefined : account.first_name;
	const frame: Frame = { appName, origin, locale, firstName };
	const { id: userId, email } = account;

	async function makeLink(purpose: Purpose, about?: string, since = now): Promise<string> {
		const token = { purpose, userId, state: account as NonNullable<typeof account>, email: about };
		return `${origin}${pages[purpose]}?token=${await issueOneTimeToken(db, token, since)}`;
	}

	switch (kind) {
		case 'verify_email':
			if (account.email_verified_at !== null || email !== recipient) return undefined;
			return verifyEmailLetter(frame, { link: await makeLink('verify_email') });
		case 'already_registered':
			return alreadyRegisteredLetter(frame);
		case 'reset_password':
			return resetPasswordLetter(frame, { link: await makeLink('reset_password') });
		case 'password_changed':
			return passwordChangedLetter(frame, { how: data.how === 'reset' ? 'reset' : 'changed', at });
		case 'confirm_new_email': {
			// Whoever asked for it may be who the account was taken back from since.
			if ((account.tokens_valid_from ?? 0) > at) return undefined;
			// The owner of a taken address is told, and who asked for it is not.
			const owner = await findAccount(db, { email: recipient });
			if (owner?.id === userId) return undefined;
			if (owner) return alreadyRegisteredLetter({ ...frame, firstName: undefined });
			const link = await makeLink('change_email', recipient);
			return confirmNewEmailLetter({ ...frame, firstName: undefined }, { link, email: recipient });
		}
		case 'email_changed': {
			// As old as the change, by which several are undone in their order.
			const link = await makeLink('undo_email_change', recipient, new Date(at));
			return emailChangedLetter(frame, { link, email: data.new_email ?? '', at });
		}
		case 'deletion_scheduled':
			// Whoever has come back meanwhile is not to be frightened.
			if (account.deletes_at !== Number(data.deletes_at)) return undefined;
			return deletionScheduledLetter(frame, { deletesAt: Number(data.deletes_at) });
		case 'deletion_cancelled':
			return deletionCancelledLetter(frame, { at });
	}
}
