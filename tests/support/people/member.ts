import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, RequestOptions } from '../http/http.ts';
import { send } from '../http/api-requests.ts';
import { type NewUser, register } from './users.ts';
import { newVisitor, type Visitor } from './visitor.ts';

/** A user who has registered and logged in with a browser. */
export interface Member {
	sent: NewUser;
	id: string;
	visitor: Visitor;
}

export async function newMember(origin: string, overrides: Partial<NewUser> = {}): Promise<Member> {
	const { sent, user } = await register(origin, overrides);
	return { sent, id: String(user.id), visitor: await loggedIn(origin, sent) };
}

/** One more browser of a user; throws when it is not let in. */
export async function loggedIn(
	origin: string,
	{ email, password }: Pick<NewUser, 'email' | 'password'>,
	headers?: RequestOptions['headers']
): Promise<Visitor> {
	const visitor = newVisitor(origin);
	const answer = await visitor.post('/login', { email, password }, headers);
	if (answer.status !== 303) throw new Error(`the login answers ${answer.status}: ${answer.text}`);
	return visitor;
}

/** Asks the API, such as `DELETE /me`, with the cookies of a browser. */
export function askAs(
	{ origin, visitor }: { origin: string; visitor: Visitor },
	operation: string,
	options: RequestOptions = {}
): Promise<Answer> {
	const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	return send(origin, operation, { ...options, headers: { cookie, ...options.headers } });
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Access tokens say when they were issued to the second. */
export const nextSecond = () => pause(1_050 - (Date.now() % 1_000));
