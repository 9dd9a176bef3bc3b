import * as v from 'valibot';
import { describedSession } from '../../sessions/described-session.ts';
import { databaseReasons, type Operation } from '../operation.ts';
import { callerReasons } from './account.ts';

const security = ['accessToken', 'session'] as const;

export const listSessions = {
	id: 'listSessions',
	summary: 'List the sessions',
	description:
		'Sessions of browsers, and of clients with a refresh token; the current one comes first. An access token without a refresh token has no stored session.',
	security,
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

export const endOtherSessions = {
	id: 'endOtherSessions',
	summary: 'End all other sessions',
	description: 'Ends all sessions of the user except the current one, with their tokens.',
	security,
	answers: { 204: { description: 'The sessions have ended.', headers: ['NoStore'] } },
	reasons: ['cross_site_request', ...callerReasons, ...databaseReasons]
} as const satisfies Operation;

export const endSession = {
	id: 'endSession',
	summary: 'End a session',
	description: 'Ends the session and its tokens. It may be the current one.',
	security,
	answers: { 204: { description: 'The session has ended.', headers: ['NoStore'] } },
	reasons: ['cross_site_request', ...callerReasons, 'not_found', ...databaseReasons]
} as const satisfies Operation;
