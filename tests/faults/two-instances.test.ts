import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { startService, type Service } from '../support/service/service.ts';
import { accessToken, newUser, uniqueEmail } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

let one: Service;
let other: Service;

beforeAll(async () => {
	const options = { engine: 'mysql', env: { RATE_LIMITS: 'off', HASH_QUEUE_MS: '60000' } } as const;
	one = await startService(options);
	other = await startService({ ...options, successorOf: one });
});

afterAll(async () => {
	await other?.stop();
	await one?.stop();
});

test('exactly one of two users who register an address on two instances concurrently gets it', async () => {
	const emails = Array.from({ length: 100 }, () => uniqueEmail());
	const registerAtBoth = (batch: string[]) =>
		batch.flatMap((email) =>
			[one, other].map(async ({ origin }, index) => {
				// A different password for each, to see which row it is. Capital letters, to see that it is one address.
				const sent = newUser({
					email: index ? email.toUpperCase() : email,
					password: `correct horse ${index}`
				});
				const answer = await request(origin, { method: 'POST', path: '/register', json: sent });
				return { email, password: sent.password, status: answer.status };
			})
		);
	// In two batches: on a busy machine, one batch could exceed the time limit of the test.
	const answers = [
		...(await Promise.all(registerAtBoth(emails.slice(0, 50)))),
		...(await Promise.all(registerAtBoth(emails.slice(50))))
	];
	for (const email of emails) {
		const statuses = answers.filter((answer) => answer.email === email).map(({ status }) => status);
		expect(statuses.toSorted(), email).toEqual([201, 409]);
	}
	const rows = await one.database.query('select email from users');
	expect(rows.map(({ email }) => email).toSorted()).toEqual(emails.toSorted());
	for (const winner of answers.filter(({ status }) => status === 201).slice(0, 10)) {
		await expect(accessToken(other.origin, winner)).resolves.toMatch(/\./);
	}
});

test('a session of one instance is valid on the other, and ends on both', async () => {
	const user = newUser();
	const visitor = newVisitor(one.origin);
	await visitor.post('/register', { ...user });
	const cookie = `session=${visitor.cookies.get('session')}`;
	const onOther = () => request(other.origin, { path: '/me', headers: { cookie } });
	expect(await onOther()).toMatchObject({ status: 200, json: { email: user.email } });
	const out = { method: 'POST', path: '/logout', form: {}, headers: { cookie, accept: 'text/html' } };
	expect((await request(other.origin, out)).status).toBe(303);
	expect((await onOther()).status).toBe(401);
	expect((await visitor.get('/account')).status).toBe(303);
});
