import { baseLocale, isLocale } from '#lib/paraglide/runtime.js';
import type { Config } from '../../config/config.ts';
import type { Db, UsersTable } from '../../db/tables.ts';
import type { Frame } from '../../email/layout.ts';
import type { QueuedEmail } from '../../email/queued-email.ts';
import type { RenderedEmail } from '../../email/rendered-email.ts';
import { issueOneTimeToken } from '../../one-time-tokens/one-time-token.ts';
import type { Purpose } from '../../one-time-tokens/purposes.ts';
import { findAccount } from '../../users/store.ts';
import {
	addressChangedEmail,
	alreadyRegisteredEmail,
	newAddressEmail,
	verificationEmail
} from './address-emails.ts';
import { deletionCancelledEmail, deletionScheduledEmail } from './deletion-emails.ts';
import { passwordChangedEmail, passwordResetEmail } from './password-emails.ts';

const pages: Record<Purpose, string> = {
	verify_email: '/verify-email',
	reset_password: '/reset-password',
	change_email: '/confirm-email',
	undo_email_change: '/undo-email-change'
};

type RenderServices = { db: Db; config: Pick<Config, 'appName' | 'origin'> };

/** The data from which an email is rendered. */
interface Subject {
	email: QueuedEmail;
	account: UsersTable;
	frame: Frame;
	data: Record<string, string>;
	/** Issues a one-time token. @returns the link with it */
	makeLink(purpose: Purpose, about?: string, since?: Date): Promise<string>;
	db: Db;
}

type Render = (subject: Subject) => RenderedEmail | undefined | Promise<RenderedEmail | undefined>;

const renderers: Record<QueuedEmail['kind'], Render> = {
	async verify_email({ email, account, frame, makeLink }) {
		if (account.email_verified_at !== null || account.email !== email.recipient) return undefined;
		return verificationEmail(frame, { link: await makeLink('verify_email') });
	},
	already_registered: ({ frame }) => alreadyRegisteredEmail(frame),
	async reset_password({ frame, makeLink }) {
		return passwordResetEmail(frame, { link: await makeLink('reset_password') });
	},
	password_changed({ email, frame, data }) {
		return passwordChangedEmail(frame, {
			how: data.how === 'reset' ? 'reset' : 'changed',
			at: email.created_at
		});
	},
	async confirm_new_email({ email: { recipient, created_at }, account, frame, makeLink, db }) {
		// The owner may have taken the account back since the request: then an intruder may have made the request.
		if ((account.tokens_valid_from ?? 0) > created_at) return undefined;
		const anonymous = { ...frame, firstName: undefined };
		// The owner of a taken address learns about the request; the requester does not learn that it is taken.
		const owner = await findAccount(db, { email: recipient });
		if (owner?.id === account.id) return undefined;
		if (owner) return alreadyRegisteredEmail(anonymous);
		return newAddressEmail(anonymous, { link: await makeLink('change_email', recipient), email: recipient });
	},
	async email_changed({ email: { recipient, created_at: at }, frame, data, makeLink }) {
		// The link dates from the change, not from the sending: links of several changes keep their order.
		const link = await makeLink('undo_email_change', recipient, new Date(at));
		return addressChangedEmail(frame, { link, email: data.new_email ?? '', at });
	},
	deletion_scheduled({ account, frame, data }) {
		// The user has logged in again since, which cancelled the deletion.
		if (account.deletes_at !== Number(data.deletes_at)) return undefined;
		return deletionScheduledEmail(frame, { deletesAt: Number(data.deletes_at) });
	},
	deletion_cancelled: ({ email, frame }) => deletionCancelledEmail(frame, { at: email.created_at })
};

/**
 * Renders a queued email from the current data, with a fresh link where it has one.
 *
 * @returns undefined if the email has become pointless, because the address belongs to no user or the request is fulfilled
 */
export async function renderEmail(
	{ db, config }: RenderServices,
	email: QueuedEmail,
	now = new Date()
): Promise<RenderedEmail | undefined> {
	const { kind, recipient, user_id } = email;
	const account = await findAccount(db, user_id === null ? { email: recipient } : { id: user_id });
	if (!account) return undefined;
	const { appName, origin } = config;
	// Anyone can register any name with any address, so an unverified address is not greeted by name.
	const firstName = account.email_verified_at === null ? undefined : account.first_name;
	const locale = isLocale(email.locale) ? email.locale : baseLocale;
	const frame: Frame = { appName, origin, locale, firstName };
	return renderers[kind]({
		email,
		account,
		frame,
		db,
		data: JSON.parse(email.data) as Record<string, string>,
		async makeLink(purpose, about, since = now) {
			const token = { purpose, userId: account.id, state: account, email: about };
			return `${origin}${pages[purpose]}?token=${await issueOneTimeToken(db, token, since)}`;
		}
	});
}
