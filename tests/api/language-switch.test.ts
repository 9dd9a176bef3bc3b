import { describe, expect, test } from 'vitest';
import { request, type RequestOptions } from '../support/http/http.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newVisitor } from '../support/people/visitor.ts';

const service = useService({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
const english = { 'accept-language': 'en-GB,en;q=0.9' };

const choose = (form: Record<string, string>, headers?: RequestOptions['headers']) =>
	newVisitor(service.origin).post('/language', form, headers);

test('the switch leads back to the page, which is then in the language that was chosen', async () => {
	const visitor = newVisitor(service.origin);
	const switched = await visitor.post(
		'/language',
		{ language: 'de', back: '/login?next=%2Fme%3Fa%26b' },
		english
	);
	expect(switched.status).toBe(303);
	expect(switched.headers.location).toBe('/login?next=%2Fme%3Fa%26b');
	expect(switched.headers['cache-control']).toBe('no-store');
	expect((await visitor.get('/login', english)).text).toContain('<html lang="de" dir="ltr">');

	await visitor.post('/language', { language: 'en', back: '/login' }, { 'accept-language': 'de' });
	expect((await visitor.get('/login', { 'accept-language': 'de' })).text).toContain(
		'<html lang="en" dir="ltr">'
	);
});

test('the choice is remembered for a year, out of the reach of scripts', async () => {
	expect((await choose({ language: 'de', back: '/' })).cookies).toEqual([
		'language=de; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax'
	]);
});

test('over https the cookie is __Host-language and Secure', async () => {
	const https = { 'x-forwarded-proto': 'https' };
	const { cookies } = await choose({ language: 'de', back: '/' }, https);
	expect(cookies).toEqual(['__Host-language=de; Max-Age=31536000; Path=/; HttpOnly; Secure; SameSite=Lax']);
	for (const path of ['/login', '/_app/nothing']) {
		const headers = { accept: 'text/html', cookie: '__Host-language=de', ...https };
		expect((await request(service.origin, { path, headers })).headers['content-language']).toBe('de');
		const other = { ...headers, cookie: 'language=de' };
		expect((await request(service.origin, { path, headers: other })).headers['content-language']).toBe('en');
	}
});

test.for([
	['https://example.com/'],
	['//example.com'],
	['/\\example.com'],
	['/\t/example.com'],
	['/..//example.com'],
	['javascript:alert(1)'],
	['login'],
	['']
])('back=%j leads to the start page', async ([back = '']) => {
	expect((await choose({ language: 'de', back })).headers.location).toBe('/');
});

test('without a way back the start page comes', async () => {
	expect((await choose({ language: 'de' })).headers.location).toBe('/');
});

describe('refused is', () => {
	test.for(['fr', 'DE', 'de-AT', '', '__proto__'])('the language %j', async (language) => {
		const answer = await choose({ language, back: '/' });
		expectPage(answer, 422);
		expect(answer.cookies).toEqual([]);
	});

	test('a form that names no language, or two', async () => {
		expectPage(await choose({ back: '/' }), 422);
		const body = 'language=de&language=en';
		const headers = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
		expectPage(await request(service.origin, { method: 'POST', path: '/language', body, headers }), 400);
	});

	test('anything but a form', async () => {
		const sent = { method: 'POST', path: '/language', json: { language: 'de' } };
		expectProblem(await request(service.origin, sent), 415, 'unsupported_media_type');
	});

	test('a visitor who only reads, with the parameters of the address', async () => {
		for (const method of ['GET', 'HEAD', 'PUT']) {
			const answer = await request(service.origin, { method, path: '/language' });
			expect(answer.status).toBe(405);
			expect(answer.headers.allow).toBe('POST');
		}
		expectPage(await newVisitor(service.origin).get('/language'), 405);
	});

	test('another site, which must not choose for the person', async () => {
		const answer = await choose({ language: 'de' }, { 'sec-fetch-site': 'cross-site' });
		expectPage(answer, 403);
		expect(answer.cookies).toEqual([]);
	});
});
