import { expect, test } from 'vitest';
import { newAddress } from '../support/service/limits.ts';
import { expectPage } from '../support/http/problem.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser, register, uniqueEmail } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const mail = await useMailServer();
const service = useService({
	env: {
		...mail.env,
		TRUSTED_PROXIES: '127.0.0.1',
		EMAIL_LIMIT_ADDRESS: '4/1h',
		EMAIL_LIMIT_PREFIX: '8/1h',
		EMAIL_VERIFICATION: 'optional'
	}
});

const ask = (page: string, email: string, from = newAddress()) =>
	newVisitor(service.origin).post(page, { email }, { 'x-forwarded-for': from });

test.each(['/forgot-password', '/check-email?email=verification'])(
	'%s limits the emails to one address from all networks, whether a user has it or not',
	async (page) => {
		const { sent } = await register(service.origin);
		const answers = [];
		for (const email of [sent.email, uniqueEmail()]) {
			expect((await ask(page, email)).status).toBe(303);
			expect((await ask(page, email)).status).toBe(303);
			const refused = await ask(page, email);
			expectPage(refused, 429);
			expect(refused.text).toContain('too many attempts');
			// They name the request, the moment, or what was entered.
			const own = ['x-request-id', 'date', 'content-security-policy', 'content-length', 'etag'];
			own.push('retry-after', 'ratelimit');
			const { headers } = refused;
			const same = Object.entries(headers).filter(([name]) => !own.includes(name));
			const text = refused.text.replaceAll(email, 'EMAIL').replaceAll(/nonce="[^"]+"/g, '');
			answers.push([Object.fromEntries(same), text]);
			expect(Number(headers['retry-after'])).toBeGreaterThan(0);
			expect(headers['ratelimit-policy']).toBe('"email-address";q=4;w=3600');
		}
		expect(answers[0]).toEqual(answers[1]);
		const other = await register(service.origin);
		expect((await ask(page, other.sent.email)).status).toBe(303);
	}
);

test('the emails that one network requests are limited, to any address', async () => {
	const from = newAddress();
	for (let count = 0; count < 4; count++) {
		expect((await ask('/forgot-password', newUser().email, from)).status).toBe(303);
	}
	const refused = await ask('/forgot-password', newUser().email, from);
	expectPage(refused, 429);
	expect(refused.headers['ratelimit-policy']).toBe('"email-prefix";q=8;w=3600');
});

test('an email over the limit is not sent', async () => {
	const { sent } = await register(service.origin);
	for (let count = 0; count < 5; count++) await ask('/forgot-password', sent.email);
	const waiting = () => service.database.query('select id from outbox where recipient = ?', [sent.email]);
	await expect.poll(waiting, { timeout: 9_000 }).toEqual([]);
	const sentTo = mail.emails.filter(({ to, subject }) => to === sent.email && /new password/.test(subject));
	expect(sentTo).toHaveLength(2);
});
