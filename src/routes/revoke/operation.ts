import { databaseReasons, oauthFormReasons, type Operation } from '#lib/server/http/operation.ts';
import { tokenForm } from './token-form.ts';

export const POST = {
	id: 'revoke',
	summary: 'End the session of a token',
	description:
		'RFC 7009. All tokens of the session are refused from then on. To have one of them is enough, but the credentials of a client have to be right when there are any. A token that is not good is answered in the same way.',
	security: ['nobody', 'client'],
	bodies: tokenForm,
	answers: { 200: { description: 'It is not good, whatever it was before.', headers: ['NoStore'] } },
	reasons: ['cross_site_request', ...databaseReasons],
	oauthReasons: oauthFormReasons
} as const satisfies Operation;
