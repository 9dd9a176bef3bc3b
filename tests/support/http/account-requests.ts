import { grantTokens } from '../people/grants.ts';
import { request, type RequestOptions } from './http.ts';
import { uniqueEmail } from '../people/users.ts';

const bearer = (access: string) => ({ authorization: `Bearer ${access}` });
/** Of an unknown user: the request needs the database all the same. */
const stranger = { cookie: 'session=of-a-stranger' };
const newPassword = 'five tall blue mountains';

/** What a request to each operation of the account sends besides who asks. */
const sent: Record<string, () => RequestOptions> = {
	'GET /me': () => ({}),
	'PATCH /me': () => ({ json: { first_name: 'Grace' } }),
	'DELETE /me': () => ({}),
	'POST /me/password': () => ({ json: { password: newPassword } }),
	'POST /me/email': () => ({ json: { email: uniqueEmail() } }),
	'GET /me/export': () => ({}),
	'GET /me/sessions': () => ({}),
	'DELETE /me/sessions': () => ({}),
	'DELETE /me/sessions/{id}': () => ({})
};

/** Those that ask for the password again. */
export const sensitive = ['DELETE /me', 'POST /me/password', 'POST /me/email'];

/** The headers of a new user, who has just logged in. */
export async function newBearer(origin: string): Promise<Record<string, string>> {
	return bearer((await grantTokens({ origin })).access);
}

/** A request to an operation by who has those headers. */
export function asked(operation: string, headers: Record<string, string>, extra = {}): RequestOptions {
	const { json, ...options } = sent[operation]?.() ?? {};
	const isEmpty = json === undefined && Object.keys(extra).length === 0;
	return { ...options, ...(isEmpty ? {} : { json: { ...(json as object), ...extra } }), headers };
}

async function askValid(origin: string, operation: string): Promise<RequestOptions[]> {
	if (operation !== 'DELETE /me/sessions/{id}') return [asked(operation, await newBearer(origin))];
	const headers = bearer((await grantTokens({ origin }, { offline: true })).access);
	const { json } = await request(origin, { path: '/me/sessions', headers });
	const [session] = json.sessions as { id: string }[];
	return [{ path: `/me/sessions/${session?.id}`, headers }];
}

export const validAccountRequests: Record<string, (origin: string) => Promise<RequestOptions[]>> =
	Object.fromEntries(
		Object.keys(sent).map((operation) => [operation, (origin: string) => askValid(origin, operation)])
	);

export const accountNeedsDatabase: Record<string, RequestOptions> = Object.fromEntries(
	Object.keys(sent).map((operation) => [operation, asked(operation, stranger)])
);

/** What all of them refuse to a client that is not logged in. */
export const badCallers: [string, string, RequestOptions][] = Object.keys(sent).flatMap((operation) => [
	[operation, '401 authentication_required', asked(operation, {})],
	[operation, '401 invalid_token', asked(operation, bearer('x'))]
]);

/** What single ones refuse to a user. */
export const badAccountRequests: [string, string, (headers: Record<string, string>) => RequestOptions][] = [
	['PATCH /me', '422 invalid_fields', (headers) => ({ json: { last_name: '' }, headers })],
	['POST /me/password', '422 invalid_fields', (headers) => ({ json: { password: 'short' }, headers })],
	['POST /me/email', '422 invalid_fields', (headers) => ({ json: { email: 'none' }, headers })],
	['DELETE /me', '422 invalid_fields', (headers) => ({ json: { current_password: 'wrong' }, headers })],
	['DELETE /me/sessions/{id}', '404 not_found', (headers) => ({ path: '/me/sessions/x', headers })]
];

/** From another site's page. */
export const crossSite: [string, RequestOptions][] = ['DELETE /me/sessions', 'DELETE /me/sessions/{id}'].map(
	(operation) => [operation, asked(operation, { origin: 'https://evil.example' })]
);
