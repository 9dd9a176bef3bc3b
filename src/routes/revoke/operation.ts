import { databaseReasons, oauthFormReasons, type Operation } from '#lib/server/http/operation.ts';
import { tokenForm } from './token-form.ts';

export const POST = {
	id: 'revoke',
	summary: 'End the session of a token',
	description:
		'RFC 7009. Ends the session of the token. All tokens of the session are refused from then on. The token is enough. Client credentials are optional, but are checked when sent. An invalid token gets the same answer.',
	security: ['none', 'client'],
	bodies: tokenForm,
	answers: {
		200: {
			description: 'The token is no longer valid; unknown tokens get the same answer.',
			headers: ['NoStore']
		}
	},
	reasons: ['cross_site_request', ...databaseReasons],
	oauthReasons: oauthFormReasons
} as const satisfies Operation;
