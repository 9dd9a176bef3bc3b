import { hashSync } from 'bcryptjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../../support/service/cli.ts';
import { freshDatabase, type TestDatabase } from '../../support/database/database.ts';
import { request } from '../../support/http/http.ts';
import { useService } from '../../support/service/use-service.ts';
import { uniqueEmail } from '../../support/people/users.ts';

const service = useService();
const password = 'correct horse battery';
const hash = hashSync(password, 12);
const [ann, bob] = [uniqueEmail('ann'), uniqueEmail('bob')];
let earlier: TestDatabase;

beforeAll(async () => {
	earlier = await freshDatabase('');
	// As SQLAlchemy made it for the FastAPI service.
	await earlier.query(`create table users (
		id integer not null auto_increment, email varchar(255) not null, hashed_password varchar(255) not null,
		first_name varchar(100), last_name varchar(100), role varchar(50), primary key (id),
		unique index ix_users_email (email))`);
	for (const row of [
		[ann, 'Ann', 'Lee', 'admin'],
		[bob, null, null, null]
	] as const) {
		const sql =
			'insert into users (email, first_name, last_name, role, hashed_password) values (?, ?, ?, ?, ?)';
		await earlier.query(sql, [...row, hash]);
	}
	await earlier.query('create table orders (id integer primary key, total integer)');
});
afterAll(() => earlier.drop());

function runImport(database: string, ...args: string[]) {
	const { MYSQL_DATABASE_HOST, MYSQL_DATABASE_PORT, MYSQL_USER, MYSQL_PASSWORD } = earlier.environment;
	const from = `mysql://${MYSQL_USER}@${MYSQL_DATABASE_HOST}:${MYSQL_DATABASE_PORT}/${database}`;
	return runCli(['users', 'import', '--from', from, ...args], {
		DATA_DIR: service.dataDir,
		...service.database.environment,
		IMPORT_PASSWORD: MYSQL_PASSWORD
	});
}

const name = () => earlier.environment.MYSQL_DATABASE ?? '';

test('the users of the earlier service are taken over and log in with their passwords', async () => {
	const dry = await runImport(name(), '--dry-run');
	expect([dry.stdout, dry.status]).toEqual([
		'2 rows: 2 would be imported, 0 already existed, 0 skipped\n',
		0
	]);
	const real = await runImport(name());
	expect([real.stdout, real.status]).toEqual(['2 rows: 2 imported, 0 already existed, 0 skipped\n', 0]);
	const again = await runImport(name(), '--table', 'users');
	expect([again.stdout, again.status]).toEqual(['2 rows: 0 imported, 2 already existed, 0 skipped\n', 0]);

	const rows = await service.database.query(
		'select email, first_name, last_name, role from users order by email'
	);
	expect(rows).toEqual([
		{ email: ann, first_name: 'Ann', last_name: 'Lee', role: 'admin' },
		{ email: bob, first_name: bob.split('@')[0], last_name: '-', role: 'user' }
	]);
	for (const email of [ann, bob]) {
		const answer = await request(service.origin, {
			method: 'POST',
			path: '/token',
			json: { email, password }
		});
		expect(answer.status).toBe(200);
	}
});

test('a TIMESTAMP of a server in another time zone is not shifted, and a DATETIME is unclear', async () => {
	const moment = Date.UTC(2024, 2, 31, 1, 30);
	await earlier.query(`create table people (id integer not null primary key, email varchar(255),
		hashed_password varbinary(255), created_at timestamp(3) null)`);
	await earlier.query('create table members like people');
	await earlier.query('alter table members modify created_at datetime(3) null');
	const [cleo, dan] = [uniqueEmail('cleo'), uniqueEmail('dan')];
	// from_unixtime and now() of a connection are in its own time zone.
	await earlier.query('insert into people values (1, ?, ?, from_unixtime(?))', [
		cleo,
		hash,
		moment / 1000 + 0.25
	]);
	await earlier.query("insert into members values (1, ?, ?, '2024-03-31 02:30:00.250')", [dan, hash]);
	expect((await runImport(name(), '--table', 'people')).status).toBe(0);
	const unclear = await runImport(name(), '--table', 'members', '--dry-run');
	expect(unclear.stdout).toContain('1 × the unit or time zone of created_at is unclear');
	expect((await runImport(name(), '--table', 'members', '--utc')).status).toBe(0);
	const rows = await service.database.query(
		'select email, hashed_password, created_at from users where email in (?, ?) order by email',
		[cleo, dan]
	);
	expect(rows).toEqual([
		{ email: cleo, hashed_password: hash, created_at: moment + 250 },
		{ email: dan, hashed_password: hash, created_at: Date.UTC(2024, 2, 31, 2, 30, 0, 250) }
	]);
});

test.for([
	['a table that is missing', '', 'strangers', /There is no table strangers in the database /],
	['a database that is missing', 'no_such_database', 'users', /There is no database no_such_database on /],
	[
		'a table without the columns',
		'',
		'orders',
		/In the table orders there is no column email, hashed_password, only id, total/
	]
] as const)('%s is one line and status 1', async ([, database, table, message]) => {
	const { status, stdout, stderr } = await runImport(database || name(), '--table', table);
	expect(stderr).toMatch(message);
	expect(stderr.trim().split('\n')).toHaveLength(1);
	expect([status, stdout]).toEqual([1, '']);
});

test('a wrong account is one line without its password', async () => {
	const { MYSQL_DATABASE_HOST: host, MYSQL_DATABASE_PORT: port } = earlier.environment;
	const { status, stderr } = await runCli(
		['users', 'import', '--from', `mysql://stranger:geheim@${host}:${port}/${name()}`],
		{ DATA_DIR: service.dataDir, ...service.database.environment }
	);
	expect(status).toBe(1);
	expect(stderr).toMatch(/^\S+ rejects the user stranger: check the name and password\n$/);
});
