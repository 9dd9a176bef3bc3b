import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser, register, uniqueEmail } from '../support/people/users.ts';

const service = useService();
const post = (json: unknown) => request(service.origin, { method: 'POST', path: '/register', json });
const count = async () => (await service.database.query('select count(*) as number from users'))[0]?.number;
const rowsOf = (email: string) => service.database.query('select * from users where email = ?', [email]);

describe('registering', () => {
	test('answers 201 with the user and nothing else, and where to find it', async () => {
		const before = Date.now();
		const { sent, answer } = await register(service.origin);
		expect(answer.json).toEqual({
			id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
			email: sent.email,
			first_name: 'Ada',
			last_name: 'Lovelace',
			role: 'user',
			created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
		});
		expect(Date.parse(String(answer.json.created_at))).toBeGreaterThanOrEqual(before);
		expect(Date.parse(String(answer.json.created_at))).toBeLessThanOrEqual(Date.now());
		expect(answer.headers.location).toBe('/me');
		expect(answer.headers['content-type']).toBe('application/json');
		expect(answer.headers['cache-control']).toContain('no-store');
	});

	test('sets no cookie and starts no session', async () => {
		expect((await register(service.origin)).answer.cookies).toEqual([]);
		expect(await service.database.query('select * from sessions')).toEqual([]);
	});

	test('stores the password as argon2id with 19 MiB, two passes and one lane, never as it came', async () => {
		const { sent } = await register(service.origin, { password: 'geheime Worte hier' });
		const [row] = await rowsOf(sent.email);
		expect(row?.hashed_password).toMatch(
			/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/
		);
		expect(JSON.stringify(row)).not.toContain('geheime');
	});

	test('stores times as epoch milliseconds', async () => {
		const { sent, user } = await register(service.origin);
		const time = Date.parse(String(user.created_at));
		expect(await rowsOf(sent.email)).toMatchObject([{ id: user.id, created_at: time, updated_at: time }]);
	});

	test('keeps names as they are, without the spaces around them', async () => {
		const { user } = await register(service.origin, {
			first_name: '  Žofie 李 ',
			last_name: "O'Neil <b>🦄</b>\t"
		});
		expect(user).toMatchObject({ first_name: 'Žofie 李', last_name: "O'Neil <b>🦄</b>" });
	});

	test('goes to the API also when a browser’s Accept or an action’s header comes with the JSON', async () => {
		const headers = { accept: 'text/html,*/*;q=0.8', 'x-sveltekit-action': 'true' };
		const answer = await request(service.origin, {
			method: 'POST',
			path: '/register',
			json: newUser(),
			headers
		});
		expect(answer).toMatchObject({ status: 201, json: { role: 'user' } });
	});
});

describe('the email address', () => {
	test.for([
		['capitals', (email: string) => email.toUpperCase()],
		['spaces around it', (email: string) => `  ${email}\n`],
		['a decomposed letter', (email: string) => email.normalize('NFD')]
	] as const)('is stored in its one form when it comes with %s', async ([, spell]) => {
		const email = uniqueEmail('renée');
		const { user } = await register(service.origin, { email: spell(email) });
		expect(user.email).toBe(email);
		expect(await rowsOf(email)).toHaveLength(1);
		expectProblem(await post(newUser({ email })), 409, 'email_taken');
	});

	test('é is not e, and a Cyrillic letter not ours', async () => {
		const email = uniqueEmail('rene');
		for (const other of [
			email,
			email.replace('rene', 'rené'),
			email.replace('e', 'е'),
			`${email.slice(0, -3)}örg`
		]) {
			expect((await register(service.origin, { email: other })).user.email).toBe(other);
		}
	});
});

describe('a taken address', () => {
	test.for([['as it is'], ['in capitals'], ['with spaces']])('%s is refused with 409', async ([form]) => {
		const { sent } = await register(service.origin);
		const spellings: Record<string, string> = {
			'in capitals': sent.email.toUpperCase(),
			'with spaces': ` ${sent.email} `
		};
		const answer = await post(newUser({ email: spellings[form ?? ''] ?? sent.email, first_name: 'Eve' }));
		expectProblem(answer, 409, 'email_taken');
		expect(answer.json.detail).toBe('Email already registered');
		expect(await rowsOf(sent.email)).toMatchObject([{ first_name: 'Ada' }]);
	});

	test('is won by exactly one of 200 concurrent registrations', async () => {
		const before = Number(await count());
		const email = uniqueEmail('race');
		const answers = await Promise.all(
			Array.from({ length: 200 }, (_, index) =>
				post(newUser({ email: index % 2 ? email : email.toUpperCase() }))
			)
		);
		const tally = Map.groupBy(answers, ({ status }) => status);
		// Two hundred hashes may be more than the machine has time for.
		expect([201, 409, 503]).toEqual(expect.arrayContaining([...tally.keys()]));
		expect(tally.get(201)).toHaveLength(1);
		for (const answer of tally.get(503) ?? []) expectProblem(answer, 503, 'overloaded');
		for (const answer of tally.get(409) ?? []) expectProblem(answer, 409, 'email_taken');
		expect(await rowsOf(email)).toMatchObject([{ id: tally.get(201)?.[0]?.json.id }]);
		expect(Number(await count())).toBe(before + 1);
	}, 60_000);
});

describe('a role in the body', () => {
	test('"user", as older clients send it, changes nothing', async () => {
		expect((await post({ ...newUser(), role: 'user' })).json).toMatchObject({ role: 'user' });
	});

	test.for([['admin'], ['User'], ['superuser'], [''], [null], [1], [true], [['user']], [{ role: 'user' }]])(
		'%j is refused and nothing is written',
		async ([role]) => {
			const sent = newUser();
			expectProblem(await post({ ...sent, role }), 422, 'role_not_allowed');
			expect(await rowsOf(sent.email)).toEqual([]);
		}
	);

	test.for([['__proto__'], ['constructor']])('hidden in %s grants nothing', async ([name = '']) => {
		const body = JSON.stringify(newUser()).replace('{', `{"${name}":{"role":"admin"},`);
		const headers = { 'content-type': 'application/json' };
		const answer = await request(service.origin, { method: 'POST', path: '/register', body, headers });
		expect(answer).toMatchObject({ status: 201, json: { role: 'user' } });
	});

	test('further members grant nothing either', async () => {
		const extra = { id: 'mine', created_at: 0, is_admin: true, hashed_password: 'x' };
		const { json } = await post({ ...newUser(), ...extra });
		expect(json).toMatchObject({ role: 'user' });
		expect(json.id).not.toBe('mine');
	});
});
