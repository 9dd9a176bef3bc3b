import { createHash } from 'node:crypto';
import { accountNeedsDatabase, badCallers, validAccountRequests } from './account-requests.ts';
import { basicHeader, grantTokens } from '../people/grants.ts';
import { type Answer, request, type RequestOptions } from './http.ts';
import { newUser, uniqueEmail } from '../people/users.ts';

const [id, secret] = ['reports', 'of the client'];
export const asClient = basicHeader(id, encodeURIComponent(secret));

/** Settings with that client, and with keys for `jwks.json`. */
export const tokenClient = {
	ALGORITHM: 'ES256',
	CLIENTS: `${id}:${createHash('sha256').update(secret).digest('hex')}`
};

const long = 'x'.repeat(16 * 1024);
export const isForm = (type: string) => type === 'application/x-www-form-urlencoded';
const json = (fields: Record<string, unknown>): RequestOptions => ({ json: fields });
const form = (fields: Record<string, string>, headers = {}): RequestOptions => ({ form: fields, headers });
const raw = (type: string, body: string, headers = {}): RequestOptions => ({
	body,
	headers: { 'content-type': type, ...headers }
});

/** A request to an operation, such as `GET /me`. */
export function send(origin: string, operation: string, options: RequestOptions = {}): Promise<Answer> {
	const [method, path] = operation.split(' ');
	return request(origin, { method, path, ...options });
}

/** What each operation is asked so that it says yes, in all the ways in which its answer differs. */
export const validRequests: Record<string, (origin: string) => Promise<RequestOptions[]>> = {
	'POST /register': async () => [{ json: newUser() }],
	'POST /token': async (origin) => {
		const { sent, refresh } = await grantTokens({ origin }, { offline: true });
		const { email, password } = sent;
		return [
			json({ email, password }),
			json({ email, password, offline: true }),
			form({ username: email, password, scope: 'offline_access' }),
			form({ grant_type: 'refresh_token', refresh_token: refresh })
		];
	},
	...validAccountRequests,
	'POST /revoke': async (origin) => {
		const { access, refresh } = await grantTokens({ origin }, { offline: true });
		return [form({ token: access }), form({ token: refresh }, asClient)];
	},
	'POST /introspect': async (origin) => {
		const { access, refresh } = await grantTokens({ origin }, { offline: true });
		return [access, refresh, 'x'].map((token) => form({ token }, asClient));
	},
	'POST /reports': async () => [raw('application/reports+json', '[]'), raw('application/csp-report', '{}')]
};

/** What is answered only with what the database says. */
const shaped = `${'x'.repeat(43)}.${'y'.repeat(43)}`;
export const needsDatabase: Record<string, RequestOptions> = {
	'POST /register': { json: newUser() },
	'POST /token': { json: newUser() },
	...accountNeedsDatabase,
	'POST /revoke': form({ token: shaped }),
	'POST /introspect': form({ token: shaped }, asClient),
	'GET /.well-known/revoked.json': {}
};

/** What every operation that takes a body refuses, with status and code, in each type. */
export const badBodies: [string, (type: string) => RequestOptions][] = [
	['403 cross_site_request', (type) => raw(type, '{}', { origin: 'null' })],
	['400 malformed_body', (type) => raw(type, isForm(type) ? 'a=1&a=2' : '{')],
	['413 body_too_large', (type) => raw(type, isForm(type) ? `text=${long}` : `["${long}"]`)],
	['415 unsupported_media_type', () => raw('text/plain', '{}')]
];

/** What single operations refuse. */
export const badRequests: [string, string, RequestOptions][] = [
	['POST /register', '422 invalid_fields', json({})],
	['POST /register', '422 role_not_allowed', json({ ...newUser(), role: 'admin' })],
	['POST /token', '422 invalid_fields', json({})],
	['POST /token', '401 invalid_credentials', json({ email: uniqueEmail(), password: 'wrong words here' })],
	['POST /token', '400 unsupported_grant_type', form({ grant_type: 'client_credentials' })],
	['POST /token', '400 invalid_request', form({ grant_type: 'refresh_token' })],
	['POST /token', '400 invalid_grant', form({ grant_type: 'refresh_token', refresh_token: 'x' })],
	...badCallers,
	['POST /revoke', '400 invalid_request', form({ token: '' })],
	['POST /revoke', '401 invalid_client', form({ token: 'x' }, basicHeader(id, 'x'))],
	['POST /introspect', '400 invalid_request', form({}, asClient)],
	['POST /introspect', '401 invalid_client', form({ token: 'x' })]
];

/** They touch nothing that a test could break. */
export const unbreakable = [
	'GET /livez',
	'GET /readyz',
	'GET /openapi.json',
	'GET /.well-known/jwks.json',
	'GET /.well-known/oauth-authorization-server',
	'POST /reports'
];
