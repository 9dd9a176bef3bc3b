import { describedUser } from '../../users/user.ts';
import { annDescribed } from '../examples.ts';
import { databaseReasons, type Operation } from '../operation.ts';

export const me = {
	id: 'me',
	summary: 'Get the current user',
	description:
		'The user of the access token, or of the browser’s session when there is no `Authorization` header. An invalid token is refused even if the session is valid.',
	security: ['accessToken', 'session'],
	answers: {
		200: { description: 'The user.', schema: describedUser, example: annDescribed, headers: ['NoStore'] }
	},
	reasons: ['authentication_required', 'invalid_token', ...databaseReasons]
} as const satisfies Operation;
