import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const service = useService();
const host = 'id.example.org:3000';

const requests = [
	['/register', 'JSON', { json: {} }],
	['/register', 'form', { form: {} }],
	['/login', 'form', { form: {} }],
	['/logout', 'form', { form: {} }],
	['/token', 'JSON', { json: {} }],
	['/token', 'form', { form: {} }]
] as const;

/** Whether a browser's request is refused, by its headers and Host. */
const rules = [
	['a server without Origin', false, {}],
	['our own page', false, { 'sec-fetch-site': 'same-origin', origin: `http://${host}` }],
	['the address bar', false, { 'sec-fetch-site': 'none' }],
	['a site beside us', true, { 'sec-fetch-site': 'same-site', origin: 'http://www.example.org' }],
	['another site', true, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
	['another site that copies our Origin', true, { 'sec-fetch-site': 'cross-site', origin: `http://${host}` }],
	['another site without Origin', true, { 'sec-fetch-site': 'cross-site' }],
	['a word that is none', true, { 'sec-fetch-site': 'sane-origin' }],
	['an old browser on our page', false, { origin: `http://${host}` }],
	['an old browser, https in front of us', false, { origin: `https://${host}` }],
	['an old browser, capitals', false, { origin: 'HTTP://ID.EXAMPLE.ORG:3000' }],
	['an old browser on another site', true, { origin: 'https://evil.example' }],
	['an old browser on another port', true, { origin: 'http://id.example.org:3001' }],
	['an old browser on our host without port', true, { origin: 'http://id.example.org' }],
	['a name that begins like ours', true, { origin: `http://id.example.org.evil.example:3000` }],
	['a sandboxed frame', true, { origin: 'null' }],
	['an empty Origin', true, { origin: '' }],
	['an extension', true, { origin: `chrome-extension://${host}` }],
	['the default port of http', false, { host: 'id.example.org', origin: 'http://id.example.org:80' }],
	['the default port of https', false, { host: 'id.example.org:443', origin: 'https://id.example.org' }]
] as const;

describe.each(requests)('POST %s with %s', (path, _, body) => {
	test.for(rules)('from %s: refused %s', async ([, isRefused, headers]) => {
		const answer = await request(service.origin, {
			method: 'POST',
			path,
			...body,
			headers: { host, ...headers }
		});
		if (isRefused) expectProblem(answer, 403, 'cross_site_request');
		else expect([303, 422]).toContain(answer.status);
	});
});

test('a refused browser sees a page', async () => {
	const visitor = newVisitor(service.origin);
	const answer = await visitor.post(
		'/login',
		{},
		{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
	);
	expectPage(answer, 403);
});

test('a refused request has done nothing', async () => {
	const visitor = newVisitor(service.origin);
	await visitor.post('/register', { ...newUser() });
	const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
	const { cookies, status } = await visitor.post('/logout', {}, foreign);
	expect({ cookies, status }).toEqual({ cookies: [], status: 403 });
	expect((await visitor.get('/account')).status).toBe(200);
	const sent = newUser();
	await visitor.post('/register', { ...sent }, foreign);
	expect(await service.database.query('select id from users where email = ?', [sent.email])).toEqual([]);
});

test('links from other sites to our pages work', async () => {
	const headers = { 'sec-fetch-site': 'cross-site', accept: 'text/html' };
	expect((await request(service.origin, { path: '/login', headers })).status).toBe(200);
});
