import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { countWaiting, forget, slowPoll } from '../support/email/queued-emails.ts';
import { startService } from '../support/service/service.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { register, uniqueEmail } from '../support/people/users.ts';

const mail = await useMailServer();
afterEach(() => {
	mail.mood = 'accept';
});

/** Waits long enough for a second copy to arrive. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 3_000));

describe.each(['sqlite', 'mysql'] as const)('on %s', (engine) => {
	const start = (options = {}) =>
		startService({ engine, env: { ...mail.env, RATE_LIMITS: 'off' }, ...options });

	test('an email arrives once after its process is killed before sending it', async () => {
		const first = await start();
		const { sent } = await register(first.origin);
		await forget(first, sent.email);
		await first.kill('SIGKILL');
		const second = await start({ successorOf: first });
		onTestFinished(async () => {
			await second.stop();
			await first.stop();
		});
		await expect.poll(() => mail.emailsTo(sent.email).length, slowPoll).toBe(1);
		await rest();
		expect([mail.emailsTo(sent.email).length, await countWaiting(second)]).toEqual([1, 0]);
	});

	test('an email arrives once after its process is killed while sending it', async () => {
		const first = await start();
		const { sent } = await register(first.origin);
		mail.mood = 'hang';
		await forget(first, sent.email);
		await expect
			.poll(async () => (await first.database.query('select attempts from outbox'))[0], slowPoll)
			.toEqual({ attempts: 1 });
		await first.kill('SIGKILL');
		mail.mood = 'accept';
		const second = await start({ successorOf: first });
		onTestFinished(async () => {
			await second.stop();
			await first.stop();
		});
		await expect.poll(() => mail.emailsTo(sent.email).length, slowPoll).toBe(1);
		await rest();
		expect([mail.emailsTo(sent.email).length, await countWaiting(second)]).toEqual([1, 0]);
	});

	test('each of 500 emails that two instances send arrives once', async () => {
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
		await expect.poll(() => mail.emailsTo(to).length, slowPoll).toBeGreaterThanOrEqual(500);
		console.log(`500 emails by two instances on ${engine}: ${Math.round(performance.now() - startedAt)} ms`);
		await expect.poll(() => countWaiting(one), slowPoll).toBe(0);
		await rest();
		const ids = mail.emailsTo(to).map(({ messageId }) => messageId);
		expect([ids.length, new Set(ids).size]).toEqual([500, 500]);
	});
});
