import { describe, expect, test } from 'vitest';
import { request } from '../support/http.ts';
import { expectProblem } from '../support/problem.ts';
import { useMailServer } from '../support/use-mail-server.ts';
import { useService } from '../support/use-service.ts';
import { accessToken, register, uniqueEmail } from '../support/users.ts';
import { newVisitor } from '../support/visitor.ts';

const mail = await useMailServer();
const service = useService({ env: { ...mail.env, RATE_LIMITS: 'off' } });
const password = 'seven quiet yellow rivers';

async function askForLink(email: string): Promise<URL> {
	const visitor = newVisitor(service.origin);
	const answer = await visitor.post('/forgot-password', { email });
	expect([answer.status, answer.headers.location]).toEqual([303, '/check-mail?letter=reset']);
	const { link } = await mail.waitFor(email, /new password/);
	return link as URL;
}

const tokenOf = (link: URL) => link.searchParams.get('token') ?? '';
const reset = (token: string, to = password) =>
	newVisitor(service.origin).post('/reset-password', { token, password: to });

test('who has forgotten the password chooses another by a letter, and is logged out everywhere', async () => {
	const { sent } = await register(service.origin);
	const visitor = newVisitor(service.origin);
	await visitor.post('/login', { email: sent.email, password: sent.password });
	const before = await accessToken(service.origin, sent);
	const link = await askForLink(sent.email.toUpperCase().toLowerCase());
	expect(link.origin + link.pathname).toBe(`${service.origin}/reset-password`);

	const page = await newVisitor(service.origin).get(link.pathname + link.search);
	expect([page.status, page.text]).toEqual([200, expect.stringContaining('Choose a new password')]);
	// To the second, which is all that a token says.
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	const answer = await reset(tokenOf(link));
	expect([answer.status, answer.headers.location]).toEqual([303, '/login?done=reset']);
	expect(answer.cookies).toEqual([]);

	expect((await visitor.get('/account')).status).toBe(303);
	const me = await request(service.origin, { path: '/me', headers: { authorization: `Bearer ${before}` } });
	expectProblem(me, 401, 'invalid_token');
	const old = await request(service.origin, { method: 'POST', path: '/token', json: sent });
	expectProblem(old, 401, 'invalid_credentials');
	expect(await accessToken(service.origin, { ...sent, password })).toBeTruthy();
	const notice = await mail.waitFor(sent.email, /was changed/);
	expect(notice.text).toContain('reset by a letter');
});

test('an unknown address is answered in the same way, and gets no letter', async () => {
	const email = uniqueEmail();
	const answer = await newVisitor(service.origin).post('/forgot-password', { email });
	expect([answer.status, answer.headers.location]).toEqual([303, '/check-mail?letter=reset']);
	const { sent } = await register(service.origin);
	await askForLink(sent.email);
	expect(mail.letters.filter(({ to }) => to === email)).toEqual([]);
});

describe('a link', () => {
	test('that was used is told so, and does nothing', async () => {
		const { sent } = await register(service.origin);
		const token = tokenOf(await askForLink(sent.email));
		expect((await reset(token)).status).toBe(303);
		const again = await reset(token, 'nine other purple hills');
		expect([again.status, again.text]).toEqual([410, expect.stringContaining('been used already')]);
		expect(await accessToken(service.origin, { ...sent, password })).toBeTruthy();
	});
});
