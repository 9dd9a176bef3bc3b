import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { request } from '../support/http.ts';
import { type MailServer, type Mood, startMailServer } from '../support/mail-server.ts';
import { type Service, startService } from '../support/service.ts';
import { median } from '../support/statistics.ts';
import { register, uniqueEmail } from '../support/users.ts';

const patience = { timeout: 45_000, interval: 50 };
let mail: MailServer;
beforeAll(async () => {
	mail = await startMailServer();
});
afterEach(() => {
	mail.mood = 'accept';
});
afterAll(() => mail.stop());

/** Asks for a letter to reset the password, and tells how long the answer took, in milliseconds. */
async function forget({ origin }: Service, email: string): Promise<number> {
	const startedAt = performance.now();
	const headers = { accept: 'text/html' };
	const answer = await request(origin, {
		method: 'POST',
		path: '/forgot-password',
		form: { email },
		headers
	});
	expect(answer.status).toBe(303);
	return performance.now() - startedAt;
}

const lettersTo = (email: string) => mail.letters.filter(({ to }) => to === email);
const waiting = async ({ database }: Service) => (await database.query('select id from outbox')).length;

/** Long enough for a second copy to come. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 3_000));

describe.each(['sqlite', 'mysql'] as const)('on %s', (engine) => {
	const start = (options = {}) =>
		startService({ engine, env: { ...mail.env, RATE_LIMITS: 'off' }, ...options });

	test('a process killed between the act and the letter: the letter comes once', async () => {
		const first = await start();
		const { sent } = await register(first.origin);
		await forget(first, sent.email);
		await first.kill('SIGKILL');
		const second = await start({ successorOf: first });
		onTestFinished(async () => {
			await second.stop();
			await first.stop();
		});
		await expect.poll(() => lettersTo(sent.email).length, patience).toBe(1);
		await rest();
		expect([lettersTo(sent.email).length, await waiting(second)]).toEqual([1, 0]);
	});

	test('a process killed while it hands a letter over: the letter comes once', async () => {
		const first = await start();
		const { sent } = await register(first.origin);
		mail.mood = 'hang';
		await forget(first, sent.email);
		await expect
			.poll(async () => (await first.database.query('select attempts from outbox'))[0], patience)
			.toEqual({ attempts: 1 });
		await first.kill('SIGKILL');
		mail.mood = 'accept';
		const second = await start({ successorOf: first });
		onTestFinished(async () => {
			await second.stop();
			await first.stop();
		});
		await expect.poll(() => lettersTo(sent.email).length, patience).toBe(1);
		await rest();
		expect([lettersTo(sent.email).length, await waiting(second)]).toEqual([1, 0]);
	});

	test('two instances, 500 letters: each comes once', async () => {
		const one = await start();
		const other = await start({ successorOf: one });
		onTestFinished(async () => {
			await other.stop();
			await one.stop();
		});
		const { user } = await register(one.origin);
		const to = uniqueEmail('many');
		const rows = Array.from({ length: 500 }, (_, index) => {
			const id = `01a20471-6279-79be-86a2-${String(index).padStart(12, '0')}`;
			return `('${id}', 'password_changed', '${to}', '${String(user.id)}', '{}', 'en', 0, 0, ${Date.now()})`;
		});
		const startedAt = performance.now();
		await one.database.query(
			`insert into outbox (id, kind, recipient, user_id, data, locale, attempts, due_at, created_at) values ${rows.join()}`
		);
		await expect.poll(() => lettersTo(to).length, patience).toBeGreaterThanOrEqual(500);
		console.log(`500 letters by two instances on ${engine}: ${Math.round(performance.now() - startedAt)} ms`);
		await expect.poll(() => waiting(one), patience).toBe(0);
		await rest();
		const ids = lettersTo(to).map(({ messageId }) => messageId);
		expect([ids.length, new Set(ids).size]).toEqual([500, 500]);
	});
});

describe('a mail server that', () => {
	let service: Service;
	beforeAll(async () => {
		service = await startService({ engine: 'sqlite', env: { ...mail.env, RATE_LIMITS: 'off' } });
	});
	afterAll(() => service.stop());

	test.for(['refuse', 'refuse for now', 'die', 'hang'] satisfies Mood[])(
		'does “%s” holds up no request, and gets the letters later',
		async (mood) => {
			const people = await Promise.all(Array.from({ length: 6 }, () => register(service.origin)));
			mail.struck = 0;
			mail.mood = mood;
			const times: number[] = [];
			for (const { sent } of people) times.push(await forget(service, sent.email));
			await expect.poll(() => mail.struck, patience).toBeGreaterThanOrEqual(4);
			expect(median(times)).toBeLessThan(200);
			expect(people.flatMap(({ sent }) => lettersTo(sent.email))).toEqual([]);
			mail.mood = 'accept';
			for (const { sent } of people) {
				await expect.poll(() => lettersTo(sent.email).length, patience).toBe(1);
			}
			await expect.poll(() => waiting(service), patience).toBe(0);
		}
	);

	test('is not there gets them when it is', async () => {
		const away = await startMailServer();
		await away.stop();
		const env = { ...away.env, RATE_LIMITS: 'off' };
		const other = await startService({ engine: 'sqlite', env });
		const { sent } = await register(other.origin);
		await forget(other, sent.email);
		await expect
			.poll(() => other.logs().filter(({ msg }) => /^Letters cannot be sent/.test(String(msg))), patience)
			.toMatchObject([{ level: 'warn', code: 'ESOCKET' }]);
		const back = await startMailServer({ port: away.port });
		onTestFinished(async () => {
			await other.stop();
			await back.stop();
		});
		expect((await back.waitFor(sent.email)).link?.pathname).toBe('/reset-password');
		await expect.poll(() => other.logs().some(({ msg }) => msg === 'Letters are sent again')).toBe(true);
		expect(other.output()).not.toContain(sent.email);
	});

	test('hangs does not hold up the end of the process', async () => {
		mail.mood = 'hang';
		const ending = await startService({ engine: 'sqlite', env: { ...mail.env, RATE_LIMITS: 'off' } });
		const { sent } = await register(ending.origin);
		await forget(ending, sent.email);
		await expect
			.poll(async () => (await ending.database.query('select attempts from outbox'))[0], patience)
			.toEqual({ attempts: 1 });
		const startedAt = performance.now();
		expect(await ending.stop()).toBe(0);
		expect(performance.now() - startedAt).toBeLessThan(10_000);
	});
});
