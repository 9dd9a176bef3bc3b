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
		'Makes an account and sets no cookie: log in with `POST /token`. The same address takes the form of the page at `GET /register`, which logs in at once and answers with a page.',
	bodies: ({ passwordMinLength }) => {
		const { email, first_name, last_name, password } = registrationFields(passwordMinLength);
		const schema = v.object({
			email: v.pipe(
				email,
				v.description(
					'Trimmed, NFC, lower-cased whole, a domain in punycode spelt out; letters of any script, a domain with a dot or `localhost`; at most 254 bytes, too.'
				)
			),
			password: v.pipe(
				password,
				v.description(
					'Any characters but NUL, taken as typed (NFC). None of the most common passwords. Words of four letters or more from the e-mail address before the `@`, the names and the name of the service do not count: what is left without them must be long enough, more than digits and signs, and not common.'
				)
			),
			first_name: v.pipe(first_name, v.description('Trimmed, no control characters.')),
			last_name: v.pipe(last_name, v.description('Trimmed, no control characters.')),
			role: v.optional(v.pipe(v.literal('user'), v.description('Grants nothing; older clients send it.')))
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
				'Where addresses have to be verified first (`EMAIL_VERIFICATION=required`): a letter is on its way, to whoever has the address.',
			schema: v.object({ status: v.literal('verification_sent') }),
			example: { status: 'verification_sent' },
			headers: ['NoStore']
		}
	},
	reasons: [...bodyReasons, 'invalid_fields', 'role_not_allowed', 'email_taken', ...hashingReasons]
} as const satisfies Operation;
