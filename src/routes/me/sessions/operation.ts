import * as v from 'valibot';
import { callerReasons, databaseReasons, type Operation } from '#lib/server/http/operation.ts';
import { describedSession } from '#lib/server/sessions/described-session.ts';

export const GET = {
	id: 'listSessions',
	summary: 'List the sessions',
	description:
		'Sessions of browsers, and of clients with a refresh token; the current one comes first. An access token without a refresh token has no stored session.',
	security: ['accessToken', 'session'],
	needs: 'user',
	answers: {
		200: {
			description: 'The sessions.',
			schema: v.object({ sessions: v.array(describedSession) }),
			example: {
				sessions: [
					{
						id: '01a20471-6279-7f0c-8a3e-27f1f0d7a9be',
						is_current: true,
						kind: 'browser',
						browser: 'Firefox',
						system: 'Windows',
						address_prefix: '203.0.113.0/24',
						created_at: '2026-11-22T18:07:49.364Z',
						last_seen_at: '2026-11-22T18:07:49.364Z',
						expires_at: '2026-11-29T18:07:49.364Z'
					}
				]
			},
			headers: ['NoStore']
		}
	},
	reasons: [...callerReasons, ...databaseReasons]
} as const satisfies Operation;

export const DELETE = {
	id: 'endOtherSessions',
	summary: 'End all other sessions',
	description: 'Ends all sessions of the user except the current one, with their tokens.',
	security: ['accessToken', 'session'],
	needs: 'user',
	answers: { 204: { description: 'The sessions have ended.', headers: ['NoStore'] } },
	reasons: ['cross_site_request', ...callerReasons, ...databaseReasons]
} as const satisfies Operation;
