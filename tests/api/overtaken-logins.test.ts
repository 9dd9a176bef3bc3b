import { describe, expect, test } from 'vitest';
import { grantAgain } from '../support/people/grants.ts';
import { askAs, loggedIn, type Member, newMember } from '../support/people/member.ts';
import { useService } from '../support/service/use-service.ts';
import type { NewUser } from '../support/people/users.ts';

const service = useService({ env: { RATE_LIMITS: 'off', HASH_QUEUE_MS: '20000' } });
const rounds = 4;

/** Logs in with browsers and for refresh tokens, again and again until it is over. */
async function keepLoggingIn(sent: NewUser, isOver: () => boolean): Promise<void> {
	const browser = async () => {
		while (!isOver()) await loggedIn(service.origin, sent).catch(() => {});
	};
	const program = async () => {
		while (!isOver()) await grantAgain(service, sent, { offline: true });
	};
	await Promise.all([browser(), browser(), program(), program()]);
}

/** What is left of a user when something was done while they were logging in everywhere. */
async function leftAfter(act: (member: Member) => Promise<unknown>) {
	const member = await newMember(service.origin);
	let isOver = false;
	const storm = keepLoggingIn(member.sent, () => isOver);
	await new Promise((resolve) => setTimeout(resolve, 100));
	await act(member);
	isOver = true;
	await storm;
	const [user] = await service.database.query('select deletes_at from users where id = ?', [member.id]);
	const sessions = await service.database.query('select id from sessions where user_id = ?', [member.id]);
	return { deletesAt: user?.deletes_at, sessions: sessions.length };
}

describe('a login that is being checked', { repeats: rounds - 1 }, () => {
	test('while the password is changed, does not outlast it', async () => {
		const { sessions } = await leftAfter(({ visitor }) =>
			askAs({ ...service, visitor }, 'POST /me/password', { json: { password: 'seven quiet yellow rivers' } })
		);
		expect(sessions, 'all but the one that changed it').toBe(1);
	});

	test('while the user deletes the account, either cancels the deletion or is refused', async () => {
		const { deletesAt, sessions } = await leftAfter(({ visitor }) =>
			askAs({ ...service, visitor }, 'DELETE /me')
		);
		if (deletesAt !== null) expect(sessions).toBe(0);
		else expect(sessions).toBeGreaterThan(0);
	});
});
