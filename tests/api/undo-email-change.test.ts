import { expect, test } from 'vitest';
import { askAs, type Member, newMember } from '../support/people/member.ts';
import { expectPage } from '../support/http/problem.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { useService } from '../support/service/use-service.ts';
import { register, uniqueEmail } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const mail = await useMailServer();
const service = useService({ env: { ...mail.env, RATE_LIMITS: 'off' } });
const dayMs = 24 * 60 * 60 * 1000;

const tokenOf = (link: URL | undefined) => link?.searchParams.get('token') ?? '';
const undo = (token: string) => newVisitor(service.origin).post('/undo-email-change', { token });
const emailOf = async (id: string) =>
	(await service.database.query('select email from users where id = ?', [id]))[0]?.email;

async function linkTo({ visitor }: Member, email = uniqueEmail('new')) {
	await askAs({ ...service, visitor }, 'POST /me/email', { json: { email } });
	const { link } = await mail.waitFor(email, /Confirm your new/);
	return { email, token: tokenOf(link) };
}

/** Changes an address; `token` is of the link to undo that. */
async function change(member: Member, from = member.sent.email) {
	const { email, token } = await linkTo(member);
	await member.visitor.post('/confirm-email', { token });
	const { link } = await mail.waitFor(from, /was changed/);
	return { email, token: tokenOf(link) };
}

const moveBack = (id: string, byMs: number) =>
	service.database.query(
		"update one_time_tokens set created_at = created_at - ?, expires_at = expires_at - ? where user_id = ? and purpose = 'undo_email_change'",
		[byMs, byMs, id]
	);

test('a change is undone by the email to the old address, which ends every session', async () => {
	const member = await newMember(service.origin);
	const { token } = await change(member);
	expectPage(await newVisitor(service.origin).get(`/undo-email-change?token=${token}`), 200);
	await moveBack(member.id, 7 * dayMs - 60_000);
	const answer = await undo(token);
	expect([answer.status, answer.headers.location]).toEqual([303, '/login?done=undone']);
	expect(await emailOf(member.id)).toBe(member.sent.email);
	expect((await member.visitor.get('/account')).status).toBe(303);
	const again = await undo(token);
	expectPage(again, 410);
	expect(again.text).toContain('already been used');
});

test('an undone change of address also cancels a deletion by the attacker', async () => {
	const member = await newMember(service.origin);
	const { token } = await change(member);
	await askAs({ ...service, visitor: member.visitor }, 'DELETE /me');
	const deletesAt = async () =>
		(await service.database.query('select deletes_at from users where id = ?', [member.id]))[0]?.deletes_at;
	expect(await deletesAt()).not.toBeNull();
	expect((await undo(token)).status).toBe(303);
	expect(await deletesAt()).toBeNull();
});

test('after 7 days a change stays', async () => {
	const member = await newMember(service.origin);
	const { email, token } = await change(member);
	await moveBack(member.id, 7 * dayMs);
	const answer = await undo(token);
	expectPage(answer, 410);
	expect(answer.text).toContain('has expired');
	expect(await emailOf(member.id)).toBe(email);
});

test('a change is undone after a change of the password too', async () => {
	const member = await newMember(service.origin);
	const { token } = await change(member);
	const json = { password: 'another green umbrella' };
	await askAs({ ...service, visitor: member.visitor }, 'POST /me/password', { json });
	expect((await undo(token)).status).toBe(303);
	expect(await emailOf(member.id)).toBe(member.sent.email);
});

test('who undoes the first of two changes has the last word', async () => {
	const member = await newMember(service.origin);
	const first = await change(member);
	const second = await change(member, first.email);
	expect(await emailOf(member.id)).toBe(second.email);
	expect((await undo(first.token)).status).toBe(303);
	expect(await emailOf(member.id)).toBe(member.sent.email);
	const late = await undo(second.token);
	expectPage(late, 410);
	expect(late.text).toContain('no longer works');
	expect(await emailOf(member.id)).toBe(member.sent.email);
});

test('who undoes the second of two changes does not keep the first from being undone', async () => {
	const member = await newMember(service.origin);
	const first = await change(member);
	const second = await change(member, first.email);
	expect((await undo(second.token)).status).toBe(303);
	expect(await emailOf(member.id)).toBe(first.email);
	expect((await undo(first.token)).status).toBe(303);
	expect(await emailOf(member.id)).toBe(member.sent.email);
});

test('a link to one more address, asked for before, is dead once a change is undone', async () => {
	const member = await newMember(service.origin);
	const prepared = await linkTo(member);
	const { token } = await change(member);
	expect((await undo(token)).status).toBe(303);
	expectPage(await newVisitor(service.origin).post('/confirm-email', { token: prepared.token }), 410);
	expect(await emailOf(member.id)).toBe(member.sent.email);
});

test('an email that is still queued when a change is undone is not sent', async () => {
	const member = await newMember(service.origin);
	const { token, email } = await change(member);
	const at = Date.now() + 60 * 60_000;
	await service.database.query(
		"insert into outbox (id, kind, recipient, user_id, data, locale, attempts, due_at, created_at) values (?, 'email_changed', ?, ?, '{}', 'en', 1, ?, ?)",
		[crypto.randomUUID(), email, member.id, at, Date.now()]
	);
	expect((await undo(token)).status).toBe(303);
	expect(await service.database.query('select id from outbox where recipient = ?', [email])).toEqual([]);
});

test('an old address that another user has taken remains theirs', async () => {
	const member = await newMember(service.origin);
	const { token, email } = await change(member);
	await register(service.origin, { email: member.sent.email });
	expectPage(await undo(token), 409);
	expect(await emailOf(member.id)).toBe(email);
	expect((await member.visitor.get('/account')).status).toBe(200);
});
