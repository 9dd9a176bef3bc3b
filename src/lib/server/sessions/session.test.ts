import { beforeEach, describe, expect, test } from 'vitest';
import { useSqlite } from '../../../../tests/support/database/sqlite-db.ts';
import { createId, hashToken } from '../crypto/random.ts';
import { migrate } from '../db/migrate.ts';
import type { Logger } from '../log.ts';
import { insertUser } from '../users/store.ts';
import { endSession, findSession, sessionMaxAgeSeconds, startSession, sweepSessions } from './session.ts';
import { dayMs, hourMs, minuteMs } from '../durations.ts';

const sqlite = useSqlite();
const silent = { info: () => {} } as unknown as Logger;
const start = Date.parse('2026-03-01T12:00:00Z');
const after = (ms: number) => new Date(start + ms);

let userId: string;
let token: string;
beforeEach(async () => {
	await migrate(sqlite.db, silent);
	userId = createId();
	const person = { email: 'ada@example.org', first_name: 'Ada', last_name: 'Lovelace' };
	const row = {
		id: userId,
		...person,
		hashed_password: 'x',
		role: 'user',
		created_at: start,
		updated_at: start
	} as const;
	await insertUser(sqlite.db, row);
	token = await startSession(sqlite.db, { userId, replacedToken: undefined }, after(0));
});

const find = async (ms: number, ofToken = token) =>
	(await findSession(sqlite.db, ofToken, { now: after(ms) }))?.user.id;
const rows = () => sqlite.db.selectFrom('sessions').selectAll().execute();
const ended = () => sqlite.db.selectFrom('ended_sessions').selectAll().execute();

test('a session gives its user without secret fields', async () => {
	expect((await findSession(sqlite.db, token, { now: after(0) }))?.user).toEqual({
		id: userId,
		email: 'ada@example.org',
		first_name: 'Ada',
		last_name: 'Lovelace',
		role: 'user',
		created_at: start,
		email_verified_at: null,
		tokens_valid_from: null
	});
});

test('the table contains the SHA-256 of the token, not the token', async () => {
	const [row] = await rows();
	expect(row).toMatchObject({ token_hash: hashToken(token), user_id: userId, created_at: start });
	expect(JSON.stringify(row)).not.toContain(token);
});

test('a wrong token and the stored hash give no user', async () => {
	const [row] = await rows();
	for (const wrong of ['', 'x'.repeat(43), row?.token_hash ?? '', token.toUpperCase()]) {
		expect(await find(0, wrong)).toBeUndefined();
	}
});

describe('a session ends', () => {
	test('after 7 days without a visit', async () => {
		expect(await find(7 * dayMs - 1)).toBe(userId);
		token = await startSession(sqlite.db, { userId, replacedToken: undefined }, after(0));
		expect(await find(7 * dayMs)).toBeUndefined();
	});

	test('after 30 days in spite of visits', async () => {
		for (let day = 6; day < 30; day += 6) expect(await find(day * dayMs)).toBe(userId);
		expect(await find(30 * dayMs - 1)).toBe(userId);
		expect(await find(30 * dayMs)).toBeUndefined();
		expect(sessionMaxAgeSeconds).toBe(30 * 24 * 60 * 60);
	});

	test('when it is logged out, and no other session does', async () => {
		const other = await startSession(sqlite.db, { userId, replacedToken: undefined }, after(0));
		const [row] = await sqlite.db
			.selectFrom('sessions')
			.select('id')
			.where('token_hash', '=', hashToken(token))
			.execute();
		await endSession(sqlite.db, token, after(minuteMs));
		expect(await find(0)).toBeUndefined();
		expect(await find(0, other)).toBe(userId);
		expect(await ended()).toEqual([
			{ sid: row?.id, ended_at: start + minuteMs, expires_at: start + 21 * minuteMs }
		]);
	});

	test('when another session replaces it', async () => {
		const [replaced] = await rows();
		const next = await startSession(sqlite.db, { userId, replacedToken: token }, after(0));
		expect(await ended()).toMatchObject([{ sid: replaced?.id }]);
		expect(await find(0)).toBeUndefined();
		expect(await find(0, next)).toBe(userId);
		expect(await rows()).toHaveLength(1);
	});

	test('when its user is deleted', async () => {
		await sqlite.db.deleteFrom('users').where('id', '=', userId).execute();
		expect(await find(0)).toBeUndefined();
		expect(await rows()).toEqual([]);
	});
});

test('a visit is stored at most once an hour', async () => {
	await find(hourMs - 1);
	expect(await rows()).toMatchObject([{ last_seen_at: start, expires_at: start + 7 * dayMs }]);
	await find(hourMs);
	expect(await rows()).toMatchObject([
		{ last_seen_at: start + hourMs, expires_at: start + hourMs + 7 * dayMs }
	]);
	await find(2 * hourMs - 1);
	expect(await rows()).toMatchObject([{ last_seen_at: start + hourMs }]);
});

test('the sweep deletes expired sessions and no others', async () => {
	const later = await startSession(sqlite.db, { userId, replacedToken: undefined }, after(dayMs));
	await sweepSessions(sqlite.db, after(7 * dayMs));
	expect(await rows()).toMatchObject([{ token_hash: hashToken(later) }]);
});

test('two sessions never have the same token', async () => {
	const tokens = await Promise.all(
		Array.from({ length: 50 }, () => startSession(sqlite.db, { userId, replacedToken: undefined }, after(0)))
	);
	expect(new Set(tokens).size).toBe(50);
	for (const one of tokens) expect(one).toMatch(/^[\w-]{43}$/);
});
