import { describedUser } from '../../users/user.ts';
import { annDescribed } from '../examples.ts';
import { databaseReasons, type Operation } from '../operation.ts';

export const me = {
	id: 'me',
	summary: 'Who is asking',
	description:
		'The user of the access token, or of the browser’s session when there is no `Authorization` header. A bad token is refused even beside a good session.',
	security: ['accessToken', 'session'],
	answers: {
		200: { description: 'The user.', schema: describedUser, example: annDescribed, headers: ['NoStore'] }
	},
	reasons: ['authentication_required', 'invalid_token', ...databaseReasons]
} as const satisfies Operation;
