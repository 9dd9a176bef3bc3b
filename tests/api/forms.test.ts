import { beforeAll, describe, expect, test } from 'vitest';
import messages from '../../messages/en.json' with { type: 'json' };
import { request } from '../support/http/http.ts';
import { expectPage } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser, register, uniqueEmail } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const service = useService();
const visitor = () => newVisitor(service.origin);
const sent = newUser();
const credentials = { email: sent.email, password: sent.password };
beforeAll(() => register(service.origin, sent));

const rowsOf = (email: string) => service.database.query('select * from users where email = ?', [email]);

describe('the form of /register', () => {
	test('registers, logs in and leads to the account', async () => {
		const ada = visitor();
		const fields = newUser();
		const answer = await ada.post('/register', { ...fields });
		expect(answer).toMatchObject({ status: 303, headers: { location: '/account' } });
		expect(answer.headers['cache-control']).toContain('no-store');
		const page = await ada.get('/account');
		expectPage(page, 200);
		expect(page.text).toContain(fields.email);
	});

	test('comes back with its values and the messages of all wrong fields, never the password', async () => {
		const fields = { email: 'ada@', first_name: 'Ada <b>', last_name: '', password: 'geheim!' };
		const answer = await visitor().post('/register', fields);
		expectPage(answer, 422);
		expect(answer.cookies).toEqual([]);
		for (const sentence of [
			messages.refusal_invalid_fields_detail,
			messages.field_email_invalid,
			messages.field_last_name_required,
			messages.field_too_short.replace('{limit}', '8')
		]) {
			expect(answer.text).toContain(sentence);
		}
		expect(answer.text).toMatch(/value="ada@"/);
		expect(answer.text).toMatch(/value="Ada &lt;b>"/);
		expect(answer.text).not.toContain('geheim!');
	});

	test('says that an address is taken, and keeps what was entered', async () => {
		const answer = await visitor().post('/register', {
			...newUser({ email: sent.email.toUpperCase(), first_name: 'Zora' })
		});
		expectPage(answer, 409);
		expect(answer.text).toContain(messages.refusal_email_taken_detail);
		expect(answer.text).toContain('value="Zora"');
		expect(answer.text).not.toContain(sent.password);
		expect(answer.cookies).toEqual([]);
	});

	test('a chosen role is refused and nothing is written', async () => {
		const email = uniqueEmail();
		expectPage(await visitor().post('/register', { ...newUser({ email }), role: 'admin' }), 422);
		expect(await rowsOf(email)).toEqual([]);
	});
});

describe('the form of /login', () => {
	test('logs in', async () => {
		const ada = visitor();
		expect(await ada.post('/login', credentials)).toMatchObject({
			status: 303,
			headers: { location: '/account' }
		});
		expectPage(await ada.get('/account'), 200);
	});

	test.for([
		['a wrong password', { ...credentials, password: 'geheim!' }],
		['an unknown address', { email: uniqueEmail('none'), password: 'geheim!' }]
	] as const)('comes back with the address and one sentence for %s', async ([, fields]) => {
		const answer = await visitor().post('/login', fields);
		expectPage(answer, 401);
		expect(answer.text).toContain(messages.refusal_invalid_credentials_detail);
		expect(answer.text).toContain(`value="${fields.email}"`);
		expect(answer.text).not.toContain('geheim!');
		expect(answer.cookies).toEqual([]);
	});

	test('comes back with messages for empty fields', async () => {
		const answer = await visitor().post('/login', {});
		expectPage(answer, 422);
		expect(answer.text).toContain(messages.field_email_required);
		expect(answer.text).toContain(messages.field_password_required);
	});

	test('escapes what was entered', async () => {
		const attack = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
		const answer = await visitor().post('/login', { email: attack, password: 'x' });
		expect(answer.text).not.toContain('<script>alert(1)');
		expect(answer.text).not.toContain('<img src=x');
		expect(answer.text).toContain('&quot;>&lt;script>alert(1)');
	});

	test.for([
		['a body that cannot be read', 400, 'application/x-www-form-urlencoded', 'email=%ff'],
		['a field twice', 400, 'application/x-www-form-urlencoded', 'email=a&email=b'],
		['too much', 413, 'application/x-www-form-urlencoded', `email=${'x'.repeat(17_000)}`]
	] as const)('answers %s with the form and %d', async ([, status, type, body]) => {
		const headers = { 'content-type': type, accept: 'text/html', origin: service.origin };
		const answer = await request(service.origin, { method: 'POST', path: '/login', body, headers });
		expectPage(answer, status);
		expect(answer.text).toContain('<form');
	});

	test('answers a client that asks for nothing in particular as it answers a browser', async () => {
		const post = (form: Record<string, string>) =>
			request(service.origin, { method: 'POST', path: '/login', form });
		expect(await post(credentials)).toMatchObject({ status: 303, headers: { location: '/account' } });
		expectPage(await post({ ...credentials, password: 'x' }), 401);
	});
});
