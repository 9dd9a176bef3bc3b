import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useSqlite } from '../../../tests/support/database/sqlite-db.ts';
import { correctClockFaults, findClockFaults } from './correct-clock-faults.ts';
import { migrate } from './db/migrate.ts';
import type { OutboxTable, SessionsTable } from './db/tables.ts';
import { insertEmail, leaseDueEmail } from './email/store.ts';
import { insertSession } from './sessions/store.ts';
import { insertUser } from './users/store.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const now = Date.parse('2026-03-01T12:00:00Z');
const ahead = now + 2 * hourMs;

const sqlite = useSqlite();
let lines: unknown[];
const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) });

const user = {
	id: 'user',
	email: 'ada@example.org',
	hashed_password: 'x',
	first_name: 'Ada',
	last_name: 'Lovelace',
	role: 'user' as const,
	created_at: now,
	updated_at: now
};
const session: SessionsTable = {
	id: 'session',
	token_hash: 'hash',
	user_id: 'user',
	created_at: now,
	last_seen_at: now,
	expires_at: now + hourMs,
	refresh_hash: null,
	previous_refresh_hash: null,
	refreshed_at: null,
	user_agent: null,
	address_prefix: null,
	authenticated_at: null
};
const email: OutboxTable = {
	id: 'email',
	kind: 'verify_email',
	recipient: 'ada@example.org',
	user_id: null,
	data: '{}',
	locale: 'en',
	attempts: 0,
	due_at: now,
	created_at: now
};

beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['Date'], now });
	lines = [];
	await migrate(sqlite.db, pino({ level: 'silent' }));
	await insertUser(sqlite.db, user);
});
afterEach(() => vi.useRealTimers());

const readSession = () => sqlite.db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
const findDueEmail = () => leaseDueEmail(sqlite.db, { now, leaseMs: minuteMs });

test('a session that was started ahead of time starts now and keeps its length', async () => {
	const times = { created_at: ahead, last_seen_at: ahead, authenticated_at: ahead };
	await insertSession(sqlite.db, { ...session, ...times, expires_at: ahead + hourMs });
	expect(await findClockFaults(sqlite.db)).toEqual(['sessions']);
	await correctClockFaults(sqlite.db, log);
	const corrected = { created_at: now, last_seen_at: now, authenticated_at: now, expires_at: now + hourMs };
	expect(await readSession()).toEqual({ ...session, ...corrected });
	expect(await findClockFaults(sqlite.db)).toEqual([]);
	await correctClockFaults(sqlite.db, log);
	expect(lines).toEqual([expect.objectContaining({ rows: { sessions: 1 } })]);
});

test('an email that was queued ahead of time is sent now, whether it was tried or not', async () => {
	await insertEmail(sqlite.db, { ...email, created_at: ahead, due_at: ahead });
	expect(await findDueEmail()).toBeUndefined();
	await correctClockFaults(sqlite.db, log);
	expect(await findDueEmail()).toMatchObject({ id: email.id, created_at: now });
});

test('the longest pause of an email is no fault', async () => {
	await insertEmail(sqlite.db, { ...email, due_at: now + 36 * minuteMs });
	await correctClockFaults(sqlite.db, log);
	expect(await findDueEmail()).toBeUndefined();
	expect(lines).toEqual([]);
});

test('clocks that differ by less than a minute are no fault', async () => {
	await insertSession(sqlite.db, { ...session, created_at: now + minuteMs });
	await correctClockFaults(sqlite.db, log);
	expect(await readSession()).toMatchObject({ created_at: now + minuteMs });
});

test('a clock that has not been set corrects nothing', async () => {
	await insertSession(sqlite.db, session);
	vi.setSystemTime(0);
	await correctClockFaults(sqlite.db, log);
	expect(await readSession()).toEqual(session);
	expect(lines).toEqual([expect.objectContaining({ msg: expect.stringContaining('is not set') as string })]);
});
