import type { Context } from '../context.ts';
import type { LinkReason } from '../one-time-tokens/one-time-token.ts';
import { useLink } from '../one-time-tokens/use-link.ts';
import { accept, type Outcome } from '../outcome.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import type { BrowserSession } from '../sessions/session.ts';
import type { AccountServices } from './account-services.ts';
import { replaceAddress } from './replace-address.ts';

/**
 * Changes the address of a user with the link that was sent to the new address. Every other session ends. The previous
 * address gets an email with a link that undoes the change.
 */
export async function confirmEmailChange(
	{ db, outbox }: AccountServices,
	{ token, session }: { token: unknown; session: BrowserSession | undefined },
	context: Context
): Promise<Outcome<{ userId: string }, LinkReason | 'email_taken'>> {
	const { now, audit, locale } = context;
	const link = { purpose: 'change_email', token } as const;
	return useLink<{ userId: string }, LinkReason | 'email_taken'>(
		{ db, link },
		async (transaction, valid) => {
			const replaced = await replaceAddress(transaction, valid, now);
			if (!replaced.ok) return replaced;
			const { id: userId, email: to } = valid.account;
			const exceptId = session?.user.id === userId ? session.id : undefined;
			await endSessions(transaction, { userId, exceptId }, now);
			const data = { new_email: replaced.value };
			await outbox.enqueue(transaction, { kind: 'email_changed', to, userId, locale, data }, now);
			await audit.record(transaction, 'email.changed', { user_id: userId });
			return accept({ userId });
		},
		context
	);
}
