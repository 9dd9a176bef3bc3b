import type { Rival } from './options.ts';
import type { Task } from './measure.ts';
import type { Shot } from './plan.ts';

export const password = 'four calm green words';
export const emailOf = (index: number | string) => `bench-${index}@example.org`;

/** Enough to keep the cores busy; further connections would only wait. */
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
 * The tasks of a closed loop: each connection sends its next request immediately after the response.
 *
 * @param tokens the response of `POST /token`
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
		known: task('login', logIn(known)),
		wrong: task('login, wrong password', logIn({ ...known, password: 'not the password' }), 401),
		unknown: task('login, unknown email', logIn({ ...known, email: 'unknown-{n}@example.org' }), 401),
		register: task('registration', postJson('/register', newUser), 201),
		me: task('/me', { method: 'GET', path: '/me', headers: { authorization } }),
		keys: task('/.well-known/jwks.json', { method: 'GET', path: '/.well-known/jwks.json' }),
		// Within 30 seconds, the same refresh token gets the same successor.
		refresh: task(
			'refresh',
			postJson('/token', { grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token) })
		),
		livez: task('/livez', { method: 'GET', path: '/livez' })
	};
}

/** The same task as an open loop, for twice the time. */
export function atRate(task: Task, name: string, perSecond: number): Task {
	return { ...task, name, plan: { ...task.plan, seconds: 2 * task.plan.seconds, perSecond } };
}

/** `/me` of a server that has no other URL. */
export function createBareTask(name: string, origin: string, seconds: number): Task {
	return { name, plan: { origin, shot: { method: 'GET', path: '/me' }, seconds, connections }, done: [200] };
}

export function createRivalTask({ origin, path, body, users }: Rival, seconds: number): Task {
	const type = body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded';
	const shot: Shot = { method: 'POST', path, headers: { 'content-type': type }, body, users };
	// Some services refuse a POST request without `Origin` as cross-site.
	shot.headers = { ...shot.headers, origin };
	return {
		name: `login, ${origin}`,
		plan: { origin, shot, seconds, connections },
		done: [200, 201, 204, 302, 303]
	};
}
