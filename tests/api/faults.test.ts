import { beforeAll, describe, expect, test } from 'vitest';
import { request, type Answer } from '../support/http/http.ts';
import { logLinesOf } from '../support/service/log-lines.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser } from '../support/people/users.ts';
import { newVisitor, type Visitor } from '../support/people/visitor.ts';

const service = useService({ expectsFaults: true });
const sent = newUser();
const credentials = { email: sent.email, password: sent.password };
let visitor: Visitor;

// An internal error that needs no test code in the service: a table is missing.
beforeAll(async () => {
	visitor = newVisitor(service.origin);
	await visitor.post('/register', { ...sent });
	await service.database.query('alter table users rename to users_away');
});

const post = (path: string, json: object) => request(service.origin, { method: 'POST', path, json });
const cookie = () => `session=${visitor.cookies.get('session')}`;

function expectNothingInside({ text }: Answer): void {
	expect(text).not.toMatch(
		/\busers\b|\bselect\b|\binsert\b|SQL|no such table|doesn't exist|\bat \S+ \(|node_modules|build\//i
	);
	expect(text).not.toContain(sent.password);
}

describe('a fault of ours is a 500 without anything of the inside', () => {
	test.for([
		['POST /register', () => post('/register', newUser())],
		['POST /token', () => post('/token', credentials)],
		['GET /me', () => request(service.origin, { path: '/me', headers: { cookie: cookie() } })],
		['GET /account', () => request(service.origin, { path: '/account', headers: { cookie: cookie() } })]
	] as const)('%s to a program', async ([, send]) => {
		const answer = await send();
		expectProblem(answer, 500, 'internal_error');
		expectNothingInside(answer);
	});

	test.for([
		['GET /account', () => visitor.get('/account')],
		['GET /login', () => visitor.get('/login')],
		['POST /login', () => newVisitor(service.origin).post('/login', credentials)],
		['POST /register', () => newVisitor(service.origin).post('/register', { ...newUser() })]
	] as const)('%s to a browser', async ([, send]) => {
		const answer = await send();
		expectPage(answer, 500);
		expectNothingInside(answer);
	});
});

test('the log has the cause under the request’s id, without the values', async () => {
	const answer = await post('/token', credentials);
	const lines = await logLinesOf(service, answer.json.request_id);
	expect(lines).toMatchObject([
		{ level: 'error', err: { message: expect.stringContaining('users') } },
		{ level: 'info', status: 500 }
	]);
	expect(JSON.stringify(lines)).not.toContain(sent.email);
	expect(JSON.stringify(lines)).not.toContain(sent.password);
});

test('a stranger’s pages go on, and the process lives', async () => {
	expect((await newVisitor(service.origin).get('/login')).status).toBe(200);
	expect((await request(service.origin, { path: '/livez' })).status).toBe(200);
});

test('all is well when the table is back', async () => {
	await service.database.query('alter table users_away rename to users');
	expect((await post('/token', credentials)).status).toBe(200);
	expect((await visitor.get('/account')).status).toBe(200);
});
