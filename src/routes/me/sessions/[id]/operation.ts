import { callerReasons, databaseReasons, type Operation } from '#lib/server/http/operation.ts';

export const DELETE = {
	id: 'endSession',
	summary: 'End one session',
	description: 'Ends it with its tokens; it may be the one that asks.',
	security: ['accessToken', 'session'],
	needs: 'user',
	answers: { 204: { description: 'It is over.', headers: ['NoStore'] } },
	reasons: ['cross_site_request', ...callerReasons, 'not_found', ...databaseReasons]
} as const satisfies Operation;
