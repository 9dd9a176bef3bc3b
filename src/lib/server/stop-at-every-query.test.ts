import type { KyselyPlugin } from 'kysely';
import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useSqlite } from '../../../tests/support/database/sqlite-db.ts';
import { createAudit } from './audit/audit.ts';
import { parseConfig } from './config/config.ts';
import { migrate } from './db/migrate.ts';
import type { Db } from './db/tables.ts';
import { OutboxWorker } from './email/outbox-worker.ts';
import { insertEmail } from './email/store.ts';
import { createHousekeeping } from './housekeeping.ts';
import { startSigning } from './tokens/start-signing.ts';

const secondMs = 1_000;
const sqlite = useSqlite();
let lines: unknown[];
const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
const audit = createAudit(pino({ level: 'silent' }));

/** Something that runs by itself. */
interface Runner {
	start(): void | Promise<void>;
	stop(): Promise<void>;
}

const runners: Record<string, (db: Db) => Runner> = {
	housekeeping: (db) => createHousekeeping(db, { audit, log }),
	'the outbox worker': (db) => {
		const mailer = {
			send: () => new Promise<void>((resolve) => setImmediate(resolve)),
			close: () => {},
			verify: async () => {}
		};
		const render = async () => ({ subject: 'Hello', text: 'Hello', html: 'Hello' });
		return new OutboxWorker({ db, mailer, render: render as never, log, audit });
	},
	'the key ring': (db) => {
		const config = parseConfig({ ALGORITHM: 'ES256' });
		const context = { log, audit, onPublish: () => {} };
		const { open, stop } = startSigning(db, { config, secretKey: 'k'.repeat(64) }, context);
		return { start: open, stop };
	}
};

beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
	lines = [];
	await migrate(sqlite.db, pino({ level: 'silent' }));
});
afterEach(() => vi.useRealTimers());

/** Calls `onQuery` with the number of each query before it is sent. */
function countQueries(onQuery: (count: number) => void): KyselyPlugin {
	let count = 0;
	return {
		transformQuery({ node }) {
			onQuery(++count);
			return node;
		},
		transformResult: async ({ result }) => result
	};
}

/** Gives each of them something to do. */
async function giveWork(): Promise<void> {
	await sqlite.db.deleteFrom('signing_keys').execute();
	const at = Date.now();
	for (const id of ['one', 'two']) {
		await sqlite.db.deleteFrom('outbox').where('id', '=', id).execute();
		const [kind, recipient] = ['already_registered', 'ada@example.org'] as const;
		const email = { id, kind, recipient, user_id: null, data: '{}', locale: 'en', attempts: 0 };
		await insertEmail(sqlite.db, { ...email, due_at: at, created_at: at });
	}
}

async function passTurns(): Promise<void> {
	for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
}

/** Runs it until its query with this number, and stops it there. @returns whether there was such a query */
async function stopAt(build: (db: Db) => Runner, stopCount: number): Promise<boolean> {
	await giveWork();
	let stopping: Promise<void> | undefined;
	let hasStopped = false;
	const late: number[] = [];
	const db = sqlite.open().withPlugin(
		countQueries((count) => {
			if (hasStopped) late.push(count);
			if (count === stopCount) stopping = stop();
		})
	);
	const runner = build(db);
	const { promise: isStarted, resolve: noteStart } = Promise.withResolvers<void>();
	async function stop(): Promise<void> {
		// As `services.stop` does: first what opens the others.
		await isStarted;
		await runner.stop();
		hasStopped = true;
	}
	await runner.start();
	noteStart();
	await giveWork();
	vi.advanceTimersByTime(15 * secondMs);
	await passTurns();
	const wasReached = stopping !== undefined;
	await (stopping ?? stop());
	await db.destroy();
	vi.advanceTimersByTime(15 * secondMs);
	await passTurns();
	expect(late).toEqual([]);
	return wasReached;
}

test.for(Object.entries(runners))(
	'%s leaves nothing under way, wherever it is stopped',
	async ([, build]) => {
		let stops = 0;
		while (await stopAt(build, stops + 1)) stops++;
		expect(stops).toBeGreaterThan(3);
		expect(lines).toEqual([]);
	}
);
