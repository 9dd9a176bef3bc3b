import * as v from 'valibot';
import { registrationFields } from '#lib/server/authentication/register.ts';
import { jsonType } from '#lib/server/http/body.ts';
import { bodyReasons, hashingReasons, type Operation } from '#lib/server/http/operation.ts';
import { ann, annDescribed } from '#lib/server/openapi/examples.ts';
import { describedUser } from '#lib/server/users/user.ts';

export const POST = {
	id: 'register',
	summary: 'Register a user',
	description:
		'Creates an account. Log in with `POST /token`, because the response sets no cookie. The same URL accepts the form of the page at `GET /register`, which logs the user in immediately.',
	bodies: ({ passwordMinLength }) => {
		const { email, first_name, last_name, password } = registrationFields(passwordMinLength);
		const schema = v.object({
			email: v.pipe(
				email,
				v.description(
					'Trimmed, normalized to NFC and lowercased; a punycode domain is decoded. Letters of any script are allowed. The domain contains a dot or is `localhost`. The limit of 254 also applies to bytes.'
				)
			),
			password: v.pipe(
				password,
				v.description(
					'Any characters except NUL, used as typed (NFC). Common passwords are refused. Words of four or more letters from the local part of the email address, the names and the name of the service do not count. The rest must be long enough, more than digits and signs, and not common.'
				)
			),
			first_name: v.pipe(first_name, v.description('Trimmed, no control characters.')),
			last_name: v.pipe(last_name, v.description('Trimmed, no control characters.')),
			role: v.optional(v.pipe(v.literal('user'), v.description('Has no effect. Older clients send it.')))
		});
		return { [jsonType]: { schema, example: ann } };
	},
	answers: {
		201: {
			description: 'The user.',
			schema: describedUser,
			example: annDescribed,
			headers: ['Location', 'NoStore']
		},
		202: {
			description:
				'If addresses must be verified first (`EMAIL_VERIFICATION=required`): an email to the address is queued.',
			schema: v.object({ status: v.literal('verification_sent') }),
			example: { status: 'verification_sent' },
			headers: ['NoStore']
		}
	},
	reasons: [...bodyReasons, 'invalid_fields', 'role_not_allowed', 'email_taken', ...hashingReasons]
} as const satisfies Operation;
