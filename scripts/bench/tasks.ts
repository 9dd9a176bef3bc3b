import type { Rival } from './options.ts';
import type { Task } from './measure.ts';
import type { Shot } from './plan.ts';

export const password = 'four calm green words';
export const emailOf = (index: number | string) => `bench-${index}@example.org`;

/** Keeps the cores busy and little more: what waits adds nothing to the rate. */
const connections = 16;

interface Target {
	origin: string;
	users: number;
	seconds: number;
}

const postJson = (path: string, fields: Record<string, string>, users = 1): Shot => ({
	method: 'POST',
	path,
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(fields),
	users
});

/**
 * The log-ins and the rest, by 16 connections that each ask again at once.
 *
 * @param tokens what `POST /token` answered
 */
export function createTasks({ origin, users, seconds }: Target, tokens: Record<string, unknown>) {
	const task = (name: string, shot: Shot, done = 200): Task => ({
		name,
		plan: { origin, shot, seconds, connections },
		done: [done]
	});
	const logIn = (fields: Record<string, string>) => postJson('/token', fields, users);
	const known = { email: emailOf('{i}'), password };
	const newUser = { email: emailOf('{n}'), password, first_name: 'Ada', last_name: 'Lovelace' };
	const authorization = `Bearer ${String(tokens.access_token)}`;
	return {
		known: task('log-in', logIn(known)),
		wrong: task('log-in, wrong password', logIn({ ...known, password: 'not the password' }), 401),
		unknown: task('log-in, unknown e-mail', logIn({ ...known, email: 'nobody-{n}@example.org' }), 401),
		register: task('registration', postJson('/register', newUser), 201),
		me: task('/me', { method: 'GET', path: '/me', headers: { authorization } }),
		keys: task('/.well-known/jwks.json', { method: 'GET', path: '/.well-known/jwks.json' }),
		// Within half a minute the same one gets the same successor.
		refresh: task(
			'refresh',
			postJson('/token', { grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token) })
		),
		livez: task('/livez', { method: 'GET', path: '/livez' })
	};
}

/** The same at so many a second, whether answered or not. */
export function atRate(task: Task, name: string, perSecond: number): Task {
	return { ...task, name, plan: { ...task.plan, seconds: 2 * task.plan.seconds, perSecond } };
}

/** `/me` of a server that has nothing else. */
export function createBareTask(name: string, origin: string, seconds: number): Task {
	return { name, plan: { origin, shot: { method: 'GET', path: '/me' }, seconds, connections }, done: [200] };
}

export function createRivalTask({ origin, path, body, users }: Rival, seconds: number): Task {
	const type = body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded';
	const shot: Shot = { method: 'POST', path, headers: { 'content-type': type }, body, users };
	// Some check who sends a form or JSON from a browser, and take the lack of an origin for one.
	shot.headers = { ...shot.headers, origin };
	return {
		name: `log-in, ${origin}`,
		plan: { origin, shot, seconds, connections },
		done: [200, 201, 204, 302, 303]
	};
}
