import type { Operation } from './operation.ts';
import { changeEmail, changeMe, changePassword, deleteMe, exportMe } from './operations/account.ts';
import { description } from './operations/description.ts';
import { livez, readyz } from './operations/health.ts';
import { introspect, revoke } from './operations/about-tokens.ts';
import { me } from './operations/me.ts';
import { register } from './operations/register.ts';
import { reports } from './operations/reports.ts';
import { endOtherSessions, endSession, listSessions } from './operations/sessions.ts';
import { token } from './operations/token.ts';
import { jwks, metadata, revoked } from './operations/well-known.ts';

/** Everything that programs can ask of the service, in the order of the description. */
export const operations = {
	'POST /register': register,
	'POST /token': token,
	'GET /me': me,
	'PATCH /me': changeMe,
	'DELETE /me': deleteMe,
	'POST /me/password': changePassword,
	'POST /me/email': changeEmail,
	'GET /me/export': exportMe,
	'GET /me/sessions': listSessions,
	'DELETE /me/sessions': endOtherSessions,
	'DELETE /me/sessions/{id}': endSession,
	'POST /revoke': revoke,
	'POST /introspect': introspect,
	'GET /.well-known/oauth-authorization-server': metadata,
	'GET /.well-known/jwks.json': jwks,
	'GET /.well-known/revoked.json': revoked,
	'POST /reports': reports,
	'GET /livez': livez,
	'GET /readyz': readyz,
	'GET /openapi.json': description
} as const satisfies Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`, Operation>;

type Operations = typeof operations;

/** The refusals that the description names for an operation: a route that has another one does not compile. */
export type ReasonsOf<Key extends keyof Operations> =
	| Operations[Key]['reasons'][number]
	| (Operations[Key] extends { oauthReasons: readonly (infer R)[] } ? R : never);
