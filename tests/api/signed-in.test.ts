import { beforeAll, describe, expect, test } from 'vitest';
import { useService } from '../support/service/use-service.ts';
import { newUser, register } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const service = useService();
const visitor = () => newVisitor(service.origin);
const sent = newUser();
const credentials = { email: sent.email, password: sent.password };
beforeAll(() => register(service.origin, sent));

describe('?next=', () => {
	const hostile = [
		'//evil.example',
		'/\\evil.example',
		'https://evil.example',
		'/\t/evil.example',
		'javascript:alert(1)',
		'/a/..//evil.example',
		''
	];
	const cases = [
		['/account?tab=1', '/account?tab=1'],
		['/problems/not-found#top', '/problems/not-found#top'],
		...hostile.map((next) => [next, '/account'])
	];
	test.for(cases)('%j leads to %s', async ([next = '', location]) => {
		const query = `?next=${encodeURIComponent(next)}`;
		const ada = visitor();
		expect((await ada.post(`/login${query}`, credentials)).headers.location).toBe(location);
		expect((await ada.get(`/login${query}`)).headers.location, 'already signed in').toBe(location);
		expect((await visitor().post(`/register${query}`, { ...newUser() })).headers.location).toBe(location);
	});

	test('is kept when the first try fails', async () => {
		const answer = await visitor().post('/login?next=%2Faccount%3Fx', { ...credentials, password: 'x' });
		// The first form posts to its own address, query and all, unless it names another.
		const [form = ''] = /<form[^>]*>/.exec(answer.text) ?? [];
		const action = /\saction="([^"]*)"/.exec(form)?.[1];
		expect(action ?? '?next=%2Faccount%3Fx').toContain('next=%2Faccount%3Fx');
	});
});

describe('who is signed in', () => {
	test('a stranger is sent to log in and comes back', async () => {
		const ada = visitor();
		const away = await ada.get('/account');
		expect(away).toMatchObject({ status: 303, headers: { location: '/login?next=%2Faccount' } });
		expect((await ada.post(String(away.headers.location), credentials)).headers.location).toBe('/account');
		expect((await visitor().get('/account?a=b&c')).headers.location).toBe(
			'/login?next=%2Faccount%3Fa%3Db%26c'
		);
	});

	test('/ leads on', async () => {
		const ada = visitor();
		expect(await ada.get('/')).toMatchObject({ status: 303, headers: { location: '/login' } });
		await ada.post('/login', credentials);
		expect(await ada.get('/')).toMatchObject({ status: 303, headers: { location: '/account' } });
	});

	test.for([['/login'], ['/register']])('%s leads to the account', async ([path = '']) => {
		const ada = visitor();
		await ada.post('/login', credentials);
		expect(await ada.get(path)).toMatchObject({ status: 303, headers: { location: '/account' } });
	});

	test('the account’s data is guarded like its page', async () => {
		const data = await visitor().get('/account/__data.json');
		expect(data.text).not.toContain('email');
		expect(data.text).toContain('/login?next=%2Faccount');
	});
});

describe('an enhanced form', () => {
	const headers = { 'x-sveltekit-action': 'true', accept: 'application/json' };
	test.for([
		['/login', 401, () => ({ ...credentials, password: 'geheim!' })],
		['/login', 422, () => ({ email: '', password: 'geheim!' })],
		['/register', 409, () => ({ ...sent, password: 'geheim! geheim!' })],
		['/register', 422, () => ({ ...newUser({ email: 'x' }), password: 'geheim!' })]
	] as const)('of %s gets Kit’s envelope with %d inside', async ([path, status, fields]) => {
		const answer = await visitor().post(path, fields(), headers);
		expect(answer).toMatchObject({ status: 200, json: { type: 'failure', status } });
		expect(answer.headers['content-type']).toContain('application/json');
		expect(answer.headers['cache-control']).toContain('no-store');
		expect(answer.text).not.toContain('geheim!');
	});

	test('that succeeds is told where to go, and signed in', async () => {
		const ada = visitor();
		expect((await ada.post('/login', credentials, headers)).json).toEqual({
			type: 'redirect',
			status: 303,
			location: '/account'
		});
		expect((await ada.get('/account')).status).toBe(200);
		expect((await ada.post('/logout', {}, headers)).json).toMatchObject({
			type: 'redirect',
			location: '/login'
		});
		expect((await visitor().post('/register', { ...newUser() }, headers)).json).toMatchObject({
			type: 'redirect',
			location: '/account'
		});
	});
});
