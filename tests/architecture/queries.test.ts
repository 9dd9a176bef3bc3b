import { describe, expect, test } from 'vitest';
import { parseSource, readSourceFiles } from '../support/architecture/source-files.ts';
import { findForbiddenQueries } from '../support/architecture/sql.ts';
import { joins, tableOwners } from '../support/architecture/tables.ts';

const files = readSourceFiles('src');

test('only stores and db have queries, and each table is queried by its owner', () => {
	expect(findForbiddenQueries(files)).toEqual([]);
});

test('every table of the schema has an owner', () => {
	const tables = files.find(({ path }) => path === 'src/lib/server/db/tables.ts')?.code ?? '';
	const [, members = ''] = /interface Tables \{([^}]*)\}/.exec(tables) ?? [];
	const names = [...members.matchAll(/^\s*(\w+):/gm)].map(([, name]) => name);
	expect(names.length).toBeGreaterThan(5);
	expect(Object.keys(tableOwners)).toEqual(expect.arrayContaining(names));
});

test.for(Object.entries(joins))('the join of %s is there', ([path, { table }]) => {
	expect(files.find((file) => file.path === path)?.code).toContain(`'${table}'`);
});

describe('a forbidden query is found', () => {
	test.for([
		['src/routes/me/+server.ts', 'has a query', `locals.services.db.selectFrom('users')`],
		['src/lib/server/users/import.ts', 'has a query', `db.insertInto('users').values(rows)`],
		['src/lib/server/http/health.ts', 'has a query', 'await sql`select 1`.execute(db)'],
		['src/cli/users.ts', 'has a query', `db.withTables<{ a: A }>()`],
		['src/lib/server/sessions/store.ts', 'a table of keys', `db.deleteFrom('signing_keys')`],
		['src/lib/server/keys/store.ts', 'a table of users', `db.selectFrom('users as u')`],
		[
			'src/lib/server/keys/store.ts',
			'a table of users',
			`db.selectFrom('signing_keys').leftJoin('users', 'a', 'b')`
		],
		['src/lib/server/keys/store.ts', 'a table of email', 'sql`delete from outbox`'],
		['src/lib/server/users/store.ts', 'a table without an owner', `db.updateTable('groups')`],
		['src/routes/me/+server.ts', 'has a query', `locals.services.db['selectFrom'](table)`],
		['src/routes/me/+server.ts', 'has a query', 'const user = await query.executeTakeFirst();'],
		['src/lib/server/users/import.ts', 'has a query', `sql.raw('select 1')`],
		['src/lib/server/users/store.ts', 'changes the schema', `db.schema.dropTable('users')`],
		['src/lib/server/users/store.ts', 'is not written there', 'db.selectFrom(table)'],
		['src/lib/server/users/store.ts', 'is not written there', 'sql.raw(text)'],
		['src/lib/server/users/store.ts', 'a table of sessions', `db.selectFrom(['users', 'sessions as s'])`],
		['src/lib/server/users/store.ts', 'a table of sessions', `sql.raw('select 1 from sessions')`],
		['src/lib/server/users/store.ts', 'a table of sessions', `sql.table('sessions')`],
		['src/lib/server/sessions/store.ts', 'writes users', `db.updateTable('users')`],
		['src/lib/server/sessions/store.ts', 'writes users', 'sql`delete from users`']
	])('%s %s: %s', ([path = '', reason, text = '']) => {
		const [first = ''] = findForbiddenQueries([parseSource(path, text)]);
		expect(first).toContain(reason);
	});
});

describe('an allowed query is not', () => {
	test.for([
		[
			'users/store-changes.ts',
			`db.selectFrom('users').where('id', 'in', db.selectFrom('users').select('id'))`
		],
		['users/store.ts', `db.selectFrom((part) => part.selectFrom('users').selectAll().as('u'))`],
		['sessions/store.ts', `db.selectFrom('sessions').innerJoin('users', 'users.id', 'sessions.user_id')`],
		['db/inspect.ts', `db.selectFrom(table).select('id')`],
		['db/lease.ts', `db.schema.createTable('leases')`]
	])('%s: %s', ([path = '', text = '']) => {
		expect(findForbiddenQueries([parseSource(`src/lib/server/${path}`, text)])).toEqual([]);
	});
});
