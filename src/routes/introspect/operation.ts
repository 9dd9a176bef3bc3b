import { databaseReasons, oauthFormReasons, type Operation } from '#lib/server/http/operation.ts';
import { annDescribed, origin, tokenTimes } from '#lib/server/openapi/examples.ts';
import { introspection } from '#lib/server/tokens/introspect.ts';
import { tokenForm } from '../revoke/token-form.ts';

export const POST = {
	id: 'introspect',
	summary: 'Introspect a token',
	description:
		'RFC 7662, for the clients of the setting `CLIENTS`. The answer is only `active: false` if the token is expired, revoked or not from this service.',
	security: ['client'],
	bodies: tokenForm,
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
