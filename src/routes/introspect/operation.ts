import { databaseReasons, oauthFormReasons, type Operation } from '#lib/server/http/operation.ts';
import { annDescribed, origin, tokenTimes } from '#lib/server/openapi/examples.ts';
import { introspection } from '#lib/server/tokens/introspect.ts';
import { tokenForm } from '../revoke/token-form.ts';

export const POST = {
	id: 'introspect',
	summary: 'Ask whether a token is good',
	description:
		'RFC 7662, for the clients of the setting `CLIENTS`. Says `active: false` and nothing else of a token that is expired, revoked or not ours.',
	security: ['client'],
	bodies: tokenForm,
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
