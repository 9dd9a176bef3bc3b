import {
	type EmailReason,
	type EmailServices,
	requestLinkEmail
} from '../authentication/request-link-email.ts';
import type { Context } from '../context.ts';
import type { Fields } from '../fields.ts';
import type { Outcome } from '../outcome.ts';

/**
 * Sends an email with a link to verify the address. The answer does not reveal whether the address belongs to a user.
 *
 * @param fields `email`
 */
export async function requestEmailVerification(
	services: EmailServices,
	fields: Fields,
	context: Context
): Promise<Outcome<undefined, EmailReason>> {
	return requestLinkEmail(services, { kind: 'verify_email', fields }, context);
}
