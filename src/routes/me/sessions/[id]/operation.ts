import { callerReasons, databaseReasons, type Operation } from '#lib/server/http/operation.ts';

export const DELETE = {
	id: 'endSession',
	summary: 'End a session',
	description: 'Ends the session and its tokens. It may be the current one.',
	security: ['accessToken', 'session'],
	needs: 'user',
	answers: { 204: { description: 'The session has ended.', headers: ['NoStore'] } },
	reasons: ['cross_site_request', ...callerReasons, 'not_found', ...databaseReasons]
} as const satisfies Operation;
