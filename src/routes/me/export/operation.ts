import { exportedAccount } from '#lib/server/account/export-account.ts';
import { callerReasons, databaseReasons, type Operation } from '#lib/server/http/operation.ts';

export const GET = {
	id: 'exportMe',
	summary: 'Export the data of the user',
	description:
		'The user, sessions, links and queued emails, as a file. Passwords and tokens are stored as hashes, which are left out.',
	security: ['accessToken', 'session'],
	needs: 'user',
	answers: {
		200: {
			description: 'The data.',
			schema: exportedAccount,
			headers: ['NoStore', 'Attachment']
		}
	},
	reasons: [...callerReasons, ...databaseReasons]
} as const satisfies Operation;
