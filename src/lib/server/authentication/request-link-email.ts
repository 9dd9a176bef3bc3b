import { email as emailField } from '#lib/credentials.ts';
import type { Context } from '../context.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, limitOf, type Outcome } from '../outcome.ts';
import { limitEmails } from '../rate-limit/limiter.ts';
import type { LoginServices } from './login-services.ts';

export type EmailReason = 'invalid_fields' | 'too_many_requests';

/** The services for requesting an email. */
export type EmailServices = Pick<LoginServices, 'db' | 'limiter' | 'outbox'>;

const requestedEvent = {
	verify_email: 'email.verification_requested',
	reset_password: 'password.reset_requested'
} as const;

/**
 * Requests an email, given only the address. The same row is written whether or not the address belongs to a user, and
 * the answer does not wait for the lookup (OWASP ASVS 5.0, 6.3.8).
 *
 * @param request.fields `email`
 */
export async function requestLinkEmail(
	{ db, limiter, outbox }: EmailServices,
	{ kind, fields }: { kind: keyof typeof requestedEvent; fields: Fields },
	context: Context
): Promise<Outcome<undefined, EmailReason>> {
	const { now, audit, locale } = context;
	const parsed = parseFields({ email: emailField }, fields);
	if (!parsed.ok) return parsed;
	const { email: to } = parsed.value;
	const act = async () => {
		await outbox.enqueue(db, { kind, to, locale }, now);
		return accept(undefined);
	};
	const requested = await limitEmails({ db, limiter }, { address: to, act }, context);
	if (requested.ok) await audit.record(db, requestedEvent[kind]);
	else await audit.record(db, 'email.limited', { limit: limitOf(requested)?.name });
	return requested;
}
