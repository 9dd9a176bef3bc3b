import { exportedAccount } from '#lib/server/account/export-account.ts';
import { callerReasons, databaseReasons, type Operation } from '#lib/server/http/operation.ts';

export const GET = {
	id: 'exportMe',
	summary: 'A copy of all that is held about the user',
	description:
		'The user, sessions, links and letters that are on their way, as a file. Passwords and tokens are kept as hashes, which are left out.',
	security: ['accessToken', 'session'],
	needs: 'user',
	answers: {
		200: {
			description: 'The copy.',
			schema: exportedAccount,
			headers: ['NoStore', 'Attachment']
		}
	},
	reasons: [...callerReasons, ...databaseReasons]
} as const satisfies Operation;
