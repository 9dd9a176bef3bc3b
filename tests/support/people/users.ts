import { randomUUID } from 'node:crypto';
import { request, type Answer } from '../http/http.ts';

export interface NewUser {
	email: string;
	password: string;
	first_name: string;
	last_name: string;
}

/** An address that no user has yet. */
export function uniqueEmail(name = 'ada'): string {
	return `${name}.${randomUUID().slice(0, 13)}@example.org`;
}

/** The fields of a valid registration, with another address each time. */
export function newUser(overrides: Partial<NewUser> = {}): NewUser {
	return {
		email: uniqueEmail(),
		password: 'correct horse battery',
		first_name: 'Ada',
		last_name: 'Lovelace',
		...overrides
	};
}

/** Registers a user over the API, and throws when that is refused. `sent` is what was registered, `user` the answer. */
export async function register(
	origin: string,
	overrides: Partial<NewUser> = {}
): Promise<{ sent: NewUser; user: Record<string, unknown>; answer: Answer }> {
	const sent = newUser(overrides);
	const answer = await request(origin, { method: 'POST', path: '/register', json: sent });
	if (answer.status !== 201) throw new Error(`registering answers ${answer.status}: ${answer.text}`);
	return { sent, user: answer.json, answer };
}

/** Gets an access token for a registered user, and throws when that is refused. */
export async function accessToken(
	origin: string,
	{ email, password }: Pick<NewUser, 'email' | 'password'>
): Promise<string> {
	const answer = await request(origin, { method: 'POST', path: '/token', json: { email, password } });
	if (answer.status !== 200) throw new Error(`the token request answers ${answer.status}: ${answer.text}`);
	return String(answer.json.access_token);
}
