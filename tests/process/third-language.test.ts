import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMailServer } from '../support/email/mail-server.ts';
import { badAccountRequests, newBearer } from '../support/http/account-requests.ts';
import { badBodies, badRequests, send, tokenClient } from '../support/http/api-requests.ts';
import { request, type RequestOptions } from '../support/http/http.ts';
import { type OtherBuild, buildThirdLanguage } from '../support/languages/build-third-language.ts';
import {
	expectPage,
	expectProblem,
	preferred,
	preferThird
} from '../support/languages/expect-third-language.ts';
import { apiIdentifiers, findLatin, findLatinInHtml } from '../support/languages/find-latin.ts';
import {
	causesOf,
	type EmailKind,
	receiveEmail,
	thirdMember,
	thirdVisitor
} from '../support/languages/third-language-emails.ts';
import { refusalCodes, thirdLanguage, thirdMessages } from '../support/languages/third-language.ts';
import { newUser } from '../support/people/users.ts';
import { exhaustTries } from '../support/service/limits.ts';
import { type Service, startService } from '../support/service/service.ts';

const mail = await startMailServer();
const service = {} as Service;
const strict = {} as Service;
let build: OtherBuild | undefined;

// A build takes a while on a busy machine.
beforeAll(async () => {
	build = await buildThirdLanguage();
	const { entry } = build;
	const env = { ...mail.env, ...tokenClient, EMAIL_VERIFICATION: 'optional', RATE_LIMITS: 'off' };
	Object.assign(service, await startService({ entry, env }));
	Object.assign(
		strict,
		await startService({ entry, env: { EMAIL_VERIFICATION: 'required', DEV_MAIL: '1' } })
	);
}, 600_000);

afterAll(async () => {
	await Promise.all([service, strict].map((one) => (one.pid ? one.stop() : undefined)));
	build?.remove();
	await mail.stop();
});

const ask = (options: RequestOptions) =>
	request(service.origin, { ...options, headers: { ...preferThird, ...options.headers } });

test('the language is chosen by the switch, which names it in itself', async () => {
	const visitor = thirdVisitor(service);
	visitor.cookies.clear();
	expect((await visitor.get('/login')).text).toContain('<bdi>עברית (ישראל)</bdi>');
	expect((await visitor.post('/language', { language: thirdLanguage })).status).toBe(303);
	expectPage(await visitor.get('/login'));
});

describe('a page for everyone has no English', () => {
	const pages = [
		...['/login', '/register', '/forgot-password', '/check-email?email=verification&sent'],
		...['reset', 'change'].map((email) => `/check-email?email=${email}`),
		...['deletion', 'deleted', 'reset', 'verified', 'email', 'undone'].map((done) => `/login?done=${done}`),
		...refusalCodes.map((code) => `/problems/${code.replaceAll('_', '-')}`)
	];

	test.for(pages)('%s', async (path) => {
		expectPage(await ask({ path, headers: { accept: 'text/html' } }));
	});

	test.for([
		[404, '/nope'],
		[404, '/_app/nothing'],
		[400, '/reset-password?token=x'],
		[400, '/verify-email?token=x']
	] as const)('error %d at %s', async ([status, path]) => {
		expectPage(await ask({ path, headers: { accept: 'text/html' } }), status);
	});

	test('the description of the API, beside the identifiers of programs', async () => {
		const { text } = await ask({ path: '/docs', headers: { accept: 'text/html' } });
		expect(text).toContain(thirdMessages.docs_general);
		expect(findLatinInHtml(text.replaceAll(apiIdentifiers, ''))).toEqual([]);
	});

	test('the queued emails of a developer', async () => {
		await strict.database.query('delete from outbox');
		const empty = await thirdVisitor(strict).get('/dev/mail');
		await thirdMember(strict);
		const full = await thirdVisitor(strict).get('/dev/mail');
		for (const page of [empty, full]) expect(findLatinInHtml(page.text)).toEqual([]);
		expect(full.text).toMatch(/<html lang="he-IL" dir="rtl">[^]*<article>/);
	});
});

describe('a form that comes back has no English', () => {
	const tooLong = { ...newUser(), first_name: 'א'.repeat(101), password: 'short' };
	test.for([
		['/login', 422, {}],
		['/login', 401, { email: 'ada@example.org', password: 'wrong words here' }],
		['/register', 422, {}],
		['/register', 422, { ...tooLong, email: 'x' }],
		['/register', 422, { ...newUser(), password: 'password', last_name: '\u0007' }],
		['/register', 422, { ...newUser(), password: 'ada lovelace' }],
		['/forgot-password', 422, {}],
		['/check-email?email=verification', 422, { email: 'x' }],
		['/reset-password', 400, { token: 'x', password: 'five tall blue mountains' }],
		['/language', 422, { language: 'xx' }]
	] as const)('%s, %d', async ([path, status, form]) => {
		expectPage(await thirdVisitor(service).post(path, { ...form }), status);
	});

	test('after too many tries, and without a verified address', async () => {
		const { sent, visitor } = await thirdMember(strict);
		expectPage(await visitor.post('/login', { ...sent }), 403);
		await exhaustTries(strict, sent.email);
		expectPage(await visitor.post('/login', { ...sent }), 429);
	});
});

describe('a page of the account has no English', () => {
	const longAgo = 'update sessions set created_at = 1';

	test.for([
		...['', '?done=names', '?done=password', '?done=email', '?done=verified'],
		...['/profile', '/password', '/email', '/delete', '/sessions?done=ended', '/sessions?done=others']
	])('/account%s', async (path) => {
		const { sent, visitor } = await thirdMember(service);
		await request(service.origin, { method: 'POST', path: '/token', json: { ...sent, offline: true } });
		expectPage(await visitor.get(`/account${path}`));
		await service.database.query(longAgo);
		expectPage(await visitor.get(`/account${path}`));
		expectPage(await visitor.get('/logout'));
		expectPage(await visitor.get('/check-email'));
	});

	test.for([
		['profile', 422, { first_name: '' }],
		['password', 403, { password: 'five tall blue mountains' }],
		['password', 422, { current_password: 'wrong words here', password: 'five tall blue mountains' }],
		['email', 422, { email: 'x' }],
		['delete', 403, {}],
		['delete', 422, { current_password: 'wrong words here' }]
	] as const)('a form that comes back at /account/%s, %d', async ([name, status, form]) => {
		const { visitor } = await thirdMember(service);
		await service.database.query(longAgo);
		expectPage(await visitor.post(`/account/${name}`, { ...form }), status);
	});
});

describe('an email has no English', () => {
	test.for(Object.keys(causesOf) as EmailKind[])('%s', async (kind) => {
		const { subject, text, html } = await receiveEmail(service, mail, kind);
		expect([subject, text].flatMap(findLatin)).toEqual([]);
		expect(findLatinInHtml(html)).toEqual([]);
		expect(html).toMatch(/^<!doctype html>\n<html lang="he-IL" dir="rtl">/);
	});

	test.for(['verify_email', 'reset_password', 'confirm_new_email', 'email_changed'] as const)(
		'nor has the page of the link in %s, before it is used and afterwards',
		async (kind) => {
			const { link } = await receiveEmail(service, mail, kind);
			const visitor = thirdVisitor(service);
			expectPage(await visitor.get(`${link?.pathname}${link?.search}`));
			const form = { token: link?.searchParams.get('token') ?? '', password: 'six small green houses' };
			expect((await visitor.post(link?.pathname ?? '', form)).status).toBe(303);
			expectPage(await visitor.get(`${link?.pathname}${link?.search}`), 410);
		}
	);
});

describe('a problem document has no English', () => {
	const isForOauth = /^POST \/(token|revoke|introspect) .*(grant|client|invalid_request)/;
	const bad = badRequests.filter(([operation, expected]) => !isForOauth.test(`${operation} ${expected}`));

	test.for(bad)('%s: %s', async ([operation, expected, options]) => {
		expectProblem(await send(service.origin, operation, preferred(options)), expected);
	});

	test.for(badBodies)('a body that is refused: %s', async ([expected, make]) => {
		const options = preferred(make('application/json'));
		expectProblem(await send(service.origin, 'POST /register', options), expected);
	});

	test.for(badAccountRequests)('%s: %s', async ([operation, expected, make]) => {
		const options = preferred(make(await newBearer(service.origin)));
		expectProblem(await send(service.origin, operation, options), expected);
	});
});
