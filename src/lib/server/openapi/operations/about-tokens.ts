import * as v from 'valibot';
import { formType } from '../../http/body.ts';
import { introspection } from '../../tokens/introspect.ts';
import { annDescribed, exampleRefreshToken, origin, tokenTimes } from '../examples.ts';
import { databaseReasons, oauthFormReasons, type Operation } from '../operation.ts';

const bodies = () => ({
	[formType]: {
		schema: v.object({
			token: v.pipe(v.string(), v.minLength(1), v.description('An access or a refresh token.')),
			token_type_hint: v.optional(v.pipe(v.string(), v.description('Optional, and ignored.'))),
			client_id: v.optional(v.pipe(v.string(), v.description('An alternative to HTTP Basic.'))),
			client_secret: v.optional(v.string())
		}),
		example: { token: exampleRefreshToken }
	}
});

export const revoke = {
	id: 'revoke',
	summary: 'End the session of a token',
	description:
		'RFC 7009. Ends the session of the token; all its tokens are refused from then on. The token itself is sufficient. Client credentials are optional, but are checked when sent. An invalid token gets the same answer.',
	security: ['nobody', 'client'],
	bodies,
	answers: {
		200: {
			description: 'The token is no longer valid; unknown tokens get the same answer.',
			headers: ['NoStore']
		}
	},
	reasons: ['cross_site_request', ...databaseReasons],
	oauthReasons: oauthFormReasons
} as const satisfies Operation;

export const introspect = {
	id: 'introspect',
	summary: 'Introspect a token',
	description:
		'RFC 7662, for the clients of the setting `CLIENTS`. The answer is only `active: false` if the token is expired, revoked or not from this service.',
	security: ['client'],
	bodies,
	answers: {
		200: {
			description: 'The state of the token.',
			schema: introspection,
			example: {
				active: true,
				token_type: 'refresh_token',
				username: annDescribed.email,
				sub: annDescribed.id,
				iss: origin,
				sid: '01a20471-9d02-7c5e-9b0a-5f1f0a6c2f3e',
				...tokenTimes
			},
			headers: ['NoStore']
		}
	},
	reasons: ['cross_site_request', ...databaseReasons],
	oauthReasons: oauthFormReasons
} as const satisfies Operation;
