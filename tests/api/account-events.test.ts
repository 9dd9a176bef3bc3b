import { expect, test } from 'vitest';
import { securityEvents } from '../../src/lib/server/audit/events.ts';
import { eventsOf, isAboutAccounts, watchEvents } from '../support/service/event-watch.ts';
import { grantTokens } from '../support/people/grants.ts';
import { type Answer, request } from '../support/http/http.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { startService } from '../support/service/service.ts';
import { useService } from '../support/service/use-service.ts';
import { uniqueEmail } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const mail = await useMailServer();
const service = useService({
	env: { ...mail.env, EMAIL_VERIFICATION: 'optional', EMAIL_LIMIT_ADDRESS: '6/1h' }
});

const { seen, event } = watchEvents(securityEvents);

/** Expects the lines that a request left, in their order. */
async function expectEvents(answer: Answer | Promise<Answer>, ...events: object[][]): Promise<void> {
	expect(await eventsOf(service, await answer)).toEqual(events.flat());
}

const tokenIn = ({ link }: { link: URL | undefined }) => link?.searchParams.get('token') ?? '';
const visit = newVisitor;
const post = (path: string, form: Record<string, string>) => visit(service.origin).post(path, form);

test('what people do with their account leaves one line each, with a stable name', async () => {
	const { sent, user, access } = await grantTokens(service, { offline: true });
	const user_id = String(user.id);
	const { email } = sent;
	const ask = asking(access);
	await expectProfileEvents(sent, { user_id, ask });

	const wanted = { email: uniqueEmail('wanted') };
	for (let sent = 0; sent < 3; sent++) await ask('POST', '/me/email', wanted);
	await expectEvents(
		ask('POST', '/me/email', wanted),
		event('email.limited', { user_id, limit: 'email-address' })
	);
	const changed = uniqueEmail('new');
	await expectEvents(
		ask('POST', '/me/email', { email: changed, current_password: 'wrong words' }),
		event('identity.refused', { user_id, reason: 'wrong_password' })
	);
	await expectEvents(
		ask('POST', '/me/email', { email: changed }),
		event('email.change_requested', { user_id })
	);
	const confirmation = await mail.waitFor(changed, /Confirm/);
	await expectEvents(
		post('/confirm-email', { token: tokenIn(confirmation) }),
		event('email.changed', { user_id })
	);
	const notice = await mail.waitFor(email, /was changed/);
	await expectEvents(
		post('/undo-email-change', { token: tokenIn(notice) }),
		event('email.change_undone', { user_id })
	);

	await expectEvents(post('/forgot-password', { email }), event('password.reset_requested', {}));
	const forgotten = await mail.waitFor(email, /Choose/);
	const password = 'seven quiet yellow rivers';
	await expectEvents(
		post('/reset-password', { token: tokenIn(forgotten), password }),
		event('password.reset', { user_id })
	);
	await post('/forgot-password', { email });
	await expectEvents(post('/forgot-password', { email }), event('email.limited', { limit: 'email-address' }));

	const again = await grantAgainOffline({ email, password });
	const next = { password: 'eight quiet yellow rivers' };
	await expectEvents(asking(again)('POST', '/me/password', next), event('password.changed', { user_id }));
	const last = await grantAgainOffline({ email, ...next });
	await expectEvents(asking(last)('DELETE', '/me'), event('account.deletion_requested', { user_id }));
	const back = await visit(service.origin).post('/login', { email, ...next });
	await expectEvents(
		back,
		event('account.deletion_cancelled', { user_id }),
		event('login.succeeded', { user_id, via: 'session' })
	);
});

test('what happens without a request does, too', async () => {
	const { user } = await grantTokens(service);
	await service.database.query('update users set deletes_at = 1 where id = ?', [String(user.id)]);
	// Not due yet, so that it is not sent before it is found to be too old.
	const dueAt = Date.now() + 20 * 60_000;
	const row = [`0${String(user.id).slice(1)}`, 'password_changed', uniqueEmail(), '{}', 'en', dueAt];
	await service.database.query(
		'insert into outbox (id, kind, recipient, data, locale, attempts, due_at, created_at) values (?, ?, ?, ?, ?, 0, ?, 1)',
		row
	);
	const second = await startService({ successorOf: service, env: mail.env });
	try {
		const found = (name: string) => second.logs().find((line) => line.event === name);
		await expect.poll(() => found('account.deleted')).toMatchObject({ user_id: user.id });
		await expect.poll(() => found('email.abandoned')).toMatchObject({ kind: 'password_changed' });
		event('account.deleted', {});
		event('email.abandoned', {});
	} finally {
		await second.stop();
	}
	const acts = Object.keys(securityEvents).filter(isAboutAccounts);
	expect([...seen], 'all that the table names').toEqual(expect.arrayContaining(acts));
});

/** Verifies the address, and changes and reads what needs no password. */
async function expectProfileEvents(
	sent: { email: string; password: string },
	{ user_id, ask }: { user_id: string; ask: ReturnType<typeof asking> }
): Promise<void> {
	const email = await mail.waitFor(sent.email, /Confirm/);
	await expectEvents(post('/verify-email', { token: tokenIn(email) }), event('email.verified', { user_id }));
	await expectEvents(
		post('/verify-email', { token: tokenIn(email) }),
		event('link.refused', { purpose: 'verify_email', reason: 'link_used' })
	);
	await expectEvents(post('/check-email', { email: sent.email }), event('email.verification_requested', {}));

	await expectEvents(
		ask('PATCH', '/me', { first_name: 'Grace' }),
		event('account.names_changed', { user_id })
	);
	await expectEvents(ask('GET', '/me/export'), event('account.exported', { user_id }));
	await grantAgainOffline(sent);
	await expectEvents(ask('DELETE', '/me/sessions'), event('session.ended_elsewhere', { user_id, count: 1 }));
}

/** Requests with an access token. */
function asking(token: string) {
	return (method: string, path: string, json?: object) =>
		request(service.origin, { method, path, json, headers: { authorization: `Bearer ${token}` } });
}

async function grantAgainOffline({ email, password }: { email: string; password: string }): Promise<string> {
	const json = { email, password, offline: true };
	const answer = await request(service.origin, { method: 'POST', path: '/token', json });
	return String(answer.json.access_token);
}
