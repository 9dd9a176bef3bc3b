import { createSecretKey, randomUUID } from 'node:crypto';
import { jwtVerify } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { useSqlite } from '../../../../tests/support/database/sqlite-db.ts';
import { migrate } from '../db/migrate.ts';
import type { Db } from '../db/tables.ts';
import type { Logger } from '../log.ts';
import { UnavailableError } from '../outcome.ts';
import { endSessionById, maxNamed } from '../sessions/ended-sessions.ts';
import { sweepSessions } from '../sessions/session.ts';
import { createTokenSigner } from './access-token.ts';
import { RevocationList } from './revocation-list.ts';
import { minuteMs, secondMs } from '../durations.ts';

const sqlite = useSqlite();
const start = Date.parse('2026-03-01T12:00:00Z');
const after = (ms: number) => new Date(start + ms);
const startSeconds = start / 1000;
const secretKey = 'a key of thirty-two bytes or more';
const issuer = 'https://id.example.org';
const away = {
	selectFrom() {
		throw new UnavailableError('database_unavailable', 'away');
	}
} as unknown as Db;

let list: RevocationList;
beforeEach(async () => {
	await migrate(sqlite.db, { info: () => {} } as unknown as Logger);
	list = new RevocationList(createTokenSigner({ secretKey, algorithm: 'HS256', issuer, audience: 'api' }));
});

const end = (sid: string, ms: number) => endSessionById(sqlite.db, sid, after(ms));

async function read(ms: number, db = sqlite.db) {
	const { body, etag } = await list.read(db, after(ms));
	const { revoked } = JSON.parse(body) as { revoked: string };
	const key = createSecretKey(secretKey, 'utf8');
	const { payload } = await jwtVerify(revoked, key, { typ: 'revoked+jwt', issuer, currentDate: after(ms) });
	return { ...(payload as { iat: number; exp: number; since: number; sids: string[] }), etag };
}

test('the newest ended session comes first, and is listed until all its tokens have expired', async () => {
	await end('one', 0);
	await end('two', minuteMs);
	expect((await read(2 * minuteMs)).sids).toEqual(['two', 'one']);
	expect((await read(20 * minuteMs - 1)).sids).toEqual(['two', 'one']);
	expect((await read(20 * minuteMs + 3 * secondMs)).sids).toEqual(['two']);
	expect((await read(21 * minuteMs + 6 * secondMs)).sids).toEqual([]);
});

test('the table is swept of what has not been named for a day, so that a clock that was ahead revives nothing', async () => {
	await end('one', 0);
	await end('two', minuteMs);
	await sweepSessions(sqlite.db, after(24 * 60 * minuteMs + 20 * minuteMs));
	expect(await sqlite.db.selectFrom('ended_sessions').select('sid').execute()).toEqual([{ sid: 'two' }]);
});

test('a session can end only once', async () => {
	expect([await end('one', 0), await end('one', 1)]).toEqual([true, false]);
});

test('the list is read from the database every two seconds at most', async () => {
	expect((await read(0)).sids).toEqual([]);
	await end('one', 0);
	expect((await read(2 * secondMs - 1)).sids).toEqual([]);
	expect(list.findFresh(after(2 * secondMs - 1))).toBeDefined();
	expect(list.findFresh(after(2 * secondMs))).toBeUndefined();
	expect((await read(2 * secondMs)).sids).toEqual(['one']);
});

test('the list is read from the database when the clock is set back', async () => {
	await read(minuteMs);
	await end('one', 0);
	expect((await read(0)).sids).toEqual(['one']);
});

test('a list stays the same for half of its lifetime if no session ends', async () => {
	const first = await read(0);
	expect(first).toMatchObject({ iat: startSeconds, exp: startSeconds + 300, since: startSeconds - 20 * 60 });
	expect((await read(148 * secondMs)).etag).toBe(first.etag);
	const second = await read(150 * secondMs);
	expect(second.iat).toBe(startSeconds + 150);
	await end('one', 151 * secondMs);
	expect((await read(153 * secondMs)).iat).toBe(startSeconds + 153);
});

test('while the database is unavailable, the last list is served until it expires', async () => {
	await expect(list.read(away, after(0))).rejects.toThrow(UnavailableError);
	const first = await read(0);
	expect((await read(299 * secondMs, away)).etag).toBe(first.etag);
	await expect(list.read(away, after(300 * secondMs))).rejects.toThrow(UnavailableError);
	expect((await read(301 * secondMs)).sids).toEqual([]);
});

describe('a list of more ended sessions than fit in it', () => {
	test('names the newest ones and marks all tokens issued before those as revoked', async () => {
		const rows = Array.from({ length: maxNamed + 50 }, (_, index) => {
			const ended_at = start + index * 100;
			return { sid: randomUUID(), ended_at, expires_at: ended_at + 20 * minuteMs };
		});
		for (let first = 0; first < rows.length; first += 1000) {
			await sqlite.db
				.insertInto('ended_sessions')
				.values(rows.slice(first, first + 1000))
				.execute();
		}
		const now = maxNamed * 100 + 5 * secondMs;
		const { sids, since } = await read(now);
		expect(sids).toEqual(
			rows
				.slice(50)
				.map(({ sid }) => sid)
				.reverse()
		);
		// The last session that is not listed ended 4.9 s after the start: a token of that second may belong to it.
		expect(since).toBe(startSeconds + 5);
		const { body } = await list.read(sqlite.db, after(now));
		expect(body.length).toBeLessThan(600_000);
	});
});
