import type { Context } from '../context.ts';
import type { Fields } from '../fields.ts';
import type { Outcome } from '../outcome.ts';
import { type EmailReason, type EmailServices, requestLinkEmail } from './request-link-email.ts';

/**
 * Sends an email with a link to choose a new password. The answer does not reveal whether the address belongs to a user.
 *
 * @param fields `email`
 */
export async function requestPasswordReset(
	services: EmailServices,
	fields: Fields,
	context: Context
): Promise<Outcome<undefined, EmailReason>> {
	return requestLinkEmail(services, { kind: 'reset_password', fields }, context);
}
