import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { countWaiting, forget, slowPoll } from '../support/email/queued-emails.ts';
import { type Mood, startMailServer } from '../support/email/mail-server.ts';
import { type Service, startService } from '../support/service/service.ts';
import { median } from '../support/timing/statistics.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { register } from '../support/people/users.ts';

const mail = await useMailServer();
afterEach(() => {
	mail.mood = 'accept';
});

describe('a mail server', () => {
	let service: Service;
	beforeAll(async () => {
		service = await startService({ engine: 'sqlite', env: { ...mail.env, RATE_LIMITS: 'off' } });
	});
	afterAll(() => service.stop());

	test.for(['refuse', 'refuse for now', 'die', 'hang'] satisfies Mood[])(
		'in the mood “%s” delays no request, and gets the emails later',
		async (mood) => {
			const people = await Promise.all(Array.from({ length: 6 }, () => register(service.origin)));
			mail.struck = 0;
			mail.mood = mood;
			const times: number[] = [];
			for (const { sent } of people) times.push(await forget(service, sent.email));
			await expect.poll(() => mail.struck, slowPoll).toBeGreaterThanOrEqual(4);
			expect(median(times)).toBeLessThan(200);
			expect(people.flatMap(({ sent }) => mail.emailsTo(sent.email))).toEqual([]);
			mail.mood = 'accept';
			for (const { sent } of people) {
				await expect.poll(() => mail.emailsTo(sent.email).length, slowPoll).toBe(1);
			}
			await expect.poll(() => countWaiting(service), slowPoll).toBe(0);
		}
	);

	test('that is not running gets the emails when it starts', async () => {
		const away = await startMailServer();
		await away.stop();
		const env = { ...away.env, RATE_LIMITS: 'off' };
		const other = await startService({ engine: 'sqlite', env });
		const { sent } = await register(other.origin);
		await forget(other, sent.email);
		await expect
			.poll(() => other.logs().filter(({ msg }) => /^Emails cannot be sent/.test(String(msg))), slowPoll)
			.toMatchObject([{ level: 'warn', code: 'ESOCKET' }]);
		const back = await startMailServer({ port: away.port });
		onTestFinished(async () => {
			await other.stop();
			await back.stop();
		});
		expect((await back.waitFor(sent.email)).link?.pathname).toBe('/reset-password');
		await expect.poll(() => other.logs().some(({ msg }) => msg === 'Emails are being sent again')).toBe(true);
		expect(other.output()).not.toContain(sent.email);
	});

	test('that hangs does not delay the end of the process', async () => {
		mail.mood = 'hang';
		const ending = await startService({ engine: 'sqlite', env: { ...mail.env, RATE_LIMITS: 'off' } });
		const { sent } = await register(ending.origin);
		await forget(ending, sent.email);
		await expect
			.poll(async () => (await ending.database.query('select attempts from outbox'))[0], slowPoll)
			.toEqual({ attempts: 1 });
		const startedAt = performance.now();
		expect(await ending.stop()).toBe(0);
		expect(performance.now() - startedAt).toBeLessThan(10_000);
	});
});
