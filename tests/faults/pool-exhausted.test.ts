import mysql from 'mysql2/promise';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser, register } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

/** As in db/mysql.ts and db/connect.ts. */
const poolSize = 10;
const poolTimeoutMs = 3_000;
const queryTimeoutMs = 7_000;
/** The additional time that a busy machine may take. */
const slackMs = 8_000;

const service = useService({ engine: 'mysql', env: { RATE_LIMITS: 'off', HASH_QUEUE_MS: '60000' } });

async function timed<Result>(act: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
	const startedAt = performance.now();
	const result = await act();
	return { result, ms: performance.now() - startedAt };
}

test('while every connection is stuck in a transaction, other requests are refused in time and nothing is left behind', async () => {
	const { sent } = await register(service.origin);
	const other = await connectAsService();
	await other.query('lock tables sessions write');

	// Each has inserted its user and waits to insert the session, on its own connection of the pool.
	const stuck = Array.from({ length: poolSize }, () => newUser());
	const signUp = (user: object) => newVisitor(service.origin).post('/register', { ...user });
	const stuckAnswers = stuck.map((user) => timed(() => signUp(user)));
	const countConnections = async () => {
		const [row] = await service.database.query(
			"select count(*) as number from information_schema.processlist where db = database() and command <> 'Sleep' and info like 'insert into%'"
		);
		return Number(row?.number);
	};
	await expect.poll(countConnections, { timeout: 9_000 }).toBe(poolSize);

	const json = { email: sent.email, password: sent.password };
	const logIn = () => request(service.origin, { method: 'POST', path: '/token', json });
	const [refused, livez] = await Promise.all([
		Promise.all(Array.from({ length: 20 }, () => timed(logIn))),
		timed(() => request(service.origin, { path: '/livez' }))
	]);
	expect(livez.result.status).toBe(200);
	expect(livez.ms).toBeLessThan(slackMs);
	for (const { result, ms } of refused) {
		expectProblem(result, 503, 'database_unavailable');
		expect(ms).toBeLessThan(poolTimeoutMs + slackMs);
	}
	for (const answer of await Promise.all(stuckAnswers)) {
		expectPage(answer.result, 503);
		expect(answer.ms).toBeLessThan(queryTimeoutMs + slackMs);
	}

	// While the table is still locked, requests for other tables continue over new connections.
	expect((await logIn()).status).toBe(200);
	await other.query('unlock tables');
	await other.end();
	await pause(200);
	const rows = await service.database.query('select email from users');
	expect(rows).toEqual([{ email: sent.email }]);
	expect(await service.database.query('select id from sessions')).toEqual([]);

	// A connection returned with an open transaction would lose the writes of the next request.
	const retried = await Promise.all(stuck.map(signUp));
	expect(retried.map(({ status }) => status)).toEqual(stuck.map(() => 303));
	const stored = await service.database.query('select email from users');
	expect(new Set(stored.map(({ email }) => email))).toEqual(
		new Set([sent, ...stuck].map(({ email }) => email))
	);
	expect(await service.database.query('select id from sessions')).toHaveLength(stuck.length);
	const open = await service.database.query(
		'select trx_id from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id where p.db = database()'
	);
	expect(open).toEqual([]);
});

/** Opens a connection outside the pool of the service. */
function connectAsService(): Promise<mysql.Connection> {
	const { MYSQL_DATABASE_HOST: host, MYSQL_DATABASE_PORT: port, ...account } = service.database.environment;
	return mysql.createConnection({
		host,
		port: Number(port),
		user: account.MYSQL_USER,
		password: account.MYSQL_PASSWORD,
		database: account.MYSQL_DATABASE
	});
}
