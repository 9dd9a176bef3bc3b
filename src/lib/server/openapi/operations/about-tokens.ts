import * as v from 'valibot';
import { formType } from '../../http/body.ts';
import { introspection } from '../../tokens/introspect.ts';
import { annDescribed, exampleRefreshToken, origin, tokenTimes } from '../examples.ts';
import { databaseReasons, oauthFormReasons, type Operation } from '../operation.ts';

const bodies = () => ({
	[formType]: {
		schema: v.object({
			token: v.pipe(v.string(), v.minLength(1), v.description('An access or a refresh token.')),
			token_type_hint: v.optional(v.pipe(v.string(), v.description('Not needed, and ignored.'))),
			client_id: v.optional(v.pipe(v.string(), v.description('Instead of HTTP Basic.'))),
			client_secret: v.optional(v.string())
		}),
		example: { token: exampleRefreshToken }
	}
});

export const revoke = {
	id: 'revoke',
	summary: 'End the session of a token',
	description:
		'RFC 7009. All tokens of the session are refused from then on. To have one of them is enough, but the credentials of a client have to be right when there are any. A token that is not good is answered in the same way.',
	security: ['nobody', 'client'],
	bodies,
	answers: { 200: { description: 'It is not good, whatever it was before.', headers: ['NoStore'] } },
	reasons: ['cross_site_request', ...databaseReasons],
	oauthReasons: oauthFormReasons
} as const satisfies Operation;

export const introspect = {
	id: 'introspect',
	summary: 'Ask whether a token is good',
	description:
		'RFC 7662, for the clients of the setting `CLIENTS`. Says `active: false` and nothing else of a token that is expired, revoked or not ours.',
	security: ['client'],
	bodies,
	answers: {
		200: {
			description: 'What there is to say of it.',
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
