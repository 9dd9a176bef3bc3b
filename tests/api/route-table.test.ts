import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';

const service = useService();
const html = 'text/html,application/xhtml+xml,*/*;q=0.8';

describe('Allow names all that a URL answers', () => {
	test.for([
		['/', 'POST', 'GET, HEAD'],
		['/account', 'POST', 'GET, HEAD'],
		['/register', 'PUT', 'GET, HEAD, POST'],
		['/register', 'OPTIONS', 'GET, HEAD, POST'],
		['/login', 'DELETE', 'GET, HEAD, POST'],
		['/logout', 'PATCH', 'GET, HEAD, POST'],
		['/token', 'GET', 'POST'],
		['/token', 'HEAD', 'POST'],
		['/me', 'POST', 'GET, HEAD, PATCH, DELETE'],
		['/me', 'PUT', 'GET, HEAD, PATCH, DELETE'],
		['/me/sessions', 'POST', 'GET, HEAD, DELETE'],
		['/me/sessions/x', 'GET', 'DELETE'],
		['/me/password', 'GET', 'POST'],
		['/forgot-password', 'PUT', 'GET, HEAD, POST'],
		['/reports', 'GET', 'POST'],
		['/revoke', 'GET', 'POST'],
		['/introspect', 'GET', 'POST'],
		['/openapi.json', 'POST', 'GET, HEAD'],
		['/docs', 'POST', 'GET, HEAD'],
		['/livez', 'POST', 'GET, HEAD'],
		['/readyz', 'PUT', 'GET, HEAD'],
		['/problems/not-found', 'POST', 'GET, HEAD']
	] as const)('%s %s', async ([path, method, allow]) => {
		const answer = await request(service.origin, { method, path });
		expect(answer.status).toBe(405);
		expect(answer.headers.allow).toBe(allow);
		if (method !== 'HEAD') expectProblem(answer, 405, 'method_not_allowed');
		const page = await request(service.origin, { method, path, headers: { accept: html } });
		expect(page).toMatchObject({ status: 405, headers: { allow } });
		if (method !== 'HEAD') expectPage(page, 405);
	});
});

describe('what is not there', () => {
	const paths = [
		'/nothing',
		'/register/more',
		'/_app/nothing.js',
		'/account/x',
		'/favicon.png',
		'/Register',
		'/.env',
		'/nothing.json'
	];
	test.for(paths.map((path) => [path]))(
		'%s is a page to a browser and a problem document to a program',
		async ([path = '']) => {
			expectPage(await request(service.origin, { path, headers: { accept: html } }), 404);
			for (const accept of ['*/*', 'application/json', 'image/avif,*/*', null]) {
				expectProblem(await request(service.origin, { path, headers: { accept } }), 404, 'not_found');
			}
		}
	);

	test('is so for every method', async () => {
		for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
			expectProblem(await request(service.origin, { method, path: '/nothing' }), 404, 'not_found');
		}
	});
});

describe('other media types', () => {
	const types = [
		'text/plain',
		'multipart/form-data; boundary=x',
		'application/xml',
		'application/octet-stream',
		'',
		null
	];
	for (const path of ['/register', '/login', '/logout', '/token', '/reports']) {
		test.for(types.map((type) => [type]))(`POST ${path} as %j is 415`, async ([type]) => {
			const headers = { 'content-type': type ?? null };
			const answer = await request(service.origin, { method: 'POST', path, headers, body: 'a=b' });
			expectProblem(answer, 415, 'unsupported_media_type');
		});
	}

	test.for([['/login'], ['/logout']])('%s takes no JSON', async ([path = '']) => {
		expectProblem(
			await request(service.origin, { method: 'POST', path, json: {} }),
			415,
			'unsupported_media_type'
		);
		const page = await request(service.origin, { method: 'POST', path, json: {}, headers: { accept: html } });
		expectPage(page, 415);
	});
});

describe('GET of a page is a page, whatever Accept says', () => {
	for (const path of ['/register', '/login']) {
		test.for([[html], ['*/*'], ['application/json'], ['text/css'], [null]])(
			`${path} as %j`,
			async ([accept]) => {
				expectPage(await request(service.origin, { path, headers: { accept: accept ?? null } }), 200);
				const head = await request(service.origin, {
					method: 'HEAD',
					path,
					headers: { accept: accept ?? null }
				});
				expect(head).toMatchObject({ status: 200, text: '' });
			}
		);
	}
});
