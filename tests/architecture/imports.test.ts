import { describe, expect, test } from 'vitest';
import { findFileCircles, findRoomCircles } from '../support/architecture/circles.ts';
import { findForbiddenImports, isShipped, roomOf } from '../support/architecture/imports.ts';
import { parseSource, readSourceFiles } from '../support/architecture/source-files.ts';

const all = readSourceFiles('src', 'migrations', 'scripts', 'tests');
const shipped = all.filter(({ path }) => isShipped(path));

test('every file under src and migrations has its place in the table of rooms', () => {
	expect(shipped.length).toBeGreaterThan(200);
	const homeless = shipped
		.map(({ path }) => path)
		.filter((path) => !/\.(css|html|c|h)$/.test(path) && !roomOf(path));
	expect(homeless).toEqual([]);
});

test('imports point downward, and packages are imported in their places only', () => {
	expect(findForbiddenImports(all)).toEqual([]);
});

test('no files and no rooms import each other in a circle', () => {
	expect(findFileCircles(shipped)).toEqual([]);
	expect(findRoomCircles(shipped)).toEqual([]);
});

describe('a forbidden import is found', () => {
	test.for([
		[
			'src/lib/server/users/user.ts',
			'users may not use account, which is above it',
			'../account/verify-email.ts'
		],
		['src/lib/server/db/connect.ts', 'db may not use users, which is above it', '../users/store.ts'],
		['src/lib/server/sessions/session.ts', 'may not use tokens, which is above', '../tokens/access-token.ts'],
		[
			'src/lib/server/tokens/revoke.ts',
			'may not use authentication, which is above',
			'../authentication/log-in.ts'
		],
		[
			'src/lib/server/authentication/log-in.ts',
			'may not use account, which is above',
			'../account/verify-email.ts'
		],
		['src/lib/server/account/verify-email.ts', 'may not use http, which is above', '../http/form.ts'],
		['src/lib/server/account/verify-email.ts', 'account may not use services', '../services.ts'],
		['src/routes/+page.server.ts', 'routes may not use db', '#lib/server/db/connect.ts'],
		['src/routes/+page.server.ts', 'a store, which only the rooms', '#lib/server/users/store.ts'],
		['src/cli/users.ts', 'a store, which only the rooms', '#lib/server/users/store-changes.ts'],
		['src/lib/server/http/form.ts', 'a store, which only the rooms', '../users/store.ts'],
		['src/lib/server/services.ts', 'services may not use http', './http/form.ts'],
		['src/lib/server/http/form.ts', 'http may not use openapi, which is above it', '../openapi/document.ts'],
		['src/lib/server/openapi/document.ts', 'may not use services, which is above it', '../services.ts'],
		['src/cli/doctor.ts', 'cli may not use http', '#lib/server/http/health.ts'],
		['src/hooks.server.ts', 'hooks may not use routes', './routes/me/operation.ts'],
		['src/lib/server/openapi/document.ts', 'openapi may not use routes', '../../../routes/me/operation.ts'],
		['src/lib/ui/Field.svelte', 'ui may not use log', '#lib/server/log.ts'],
		['src/process/drain.ts', 'process may not use db', '../lib/server/db/tables.ts'],
		['src/server.ts', 'entry may not use services', './lib/server/services.ts'],
		['src/lib/server/account/verify-email.ts', 'whose place is elsewhere', '@sveltejs/kit'],
		['src/lib/server/authentication/log-in.ts', 'whose place is elsewhere', 'kysely'],
		['src/lib/server/users/store.ts', 'whose place is elsewhere', 'mysql2'],
		['src/lib/server/users/user.ts', 'a package without a place', 'left-pad'],
		['src/lib/server/users/user.ts', 'of the framework', '$app/state'],
		['src/routes/+page.svelte', 'which #lib and config replace', '$lib/x.ts'],
		['src/lib/server/users/user.ts', 'without its extension', './store']
	])('%s %s: %s', ([path = '', reason, target]) => {
		const text = `import { f } from '${target}';`;
		const code = path.endsWith('.svelte') ? `<script lang="ts">${text}</script>` : text;
		expect(findForbiddenImports([parseSource(path, code)])).toEqual([expect.stringContaining(reason ?? '')]);
	});

	test.for([
		['for its type', `import type { C } from '../account/verify-email.ts';`],
		['for its type, within a type', `type C = import('../account/verify-email.ts').C;`],
		['to export it again', `export * from '../account/verify-email.ts';`],
		['when it is needed', `const m = await import('../account/verify-email.ts');`]
	])('upward %s', ([, text = '']) => {
		const file = parseSource('src/lib/server/users/user.ts', text);
		expect(findForbiddenImports([file])).toEqual([expect.stringContaining('which is above it')]);
	});

	test('of migrations by pattern', () => {
		const file = parseSource('src/routes/+page.server.ts', `import.meta.glob('/migrations/*.ts');`);
		expect(findForbiddenImports([file])).toEqual([expect.stringContaining('routes may not use migrations')]);
	});
});

describe('an allowed import is not', () => {
	test.for([
		['src/lib/server/users/user.ts', `import type { Insertable } from 'kysely';`],
		['src/lib/server/account/verify-email.ts', `import { f } from '../users/store.ts';`],
		['src/lib/server/users/user.ts', `import { f } from '../audit/audit.ts';`],
		['src/lib/server/users/user.test.ts', `import { f } from '../services.ts';`],
		['src/lib/server/openapi/operations.ts', `import.meta.glob('/src/routes/**/operation.ts');`],
		['src/routes/+page.server.ts', `import type { Actions } from './$types';`],
		['src/app.d.ts', `import type { Services } from '#lib/server/services.ts';`]
	])('%s: %s', ([path = '', text = '']) => {
		expect(findForbiddenImports([parseSource(path, text)])).toEqual([]);
	});
});

describe('a circle is found', () => {
	const circleOf = (...texts: string[]) =>
		texts.map((text, index) => parseSource(`src/lib/server/users/${'abc'[index]}.ts`, text));

	test('through three files', () => {
		const files = circleOf(
			`import { f } from './b.ts';`,
			`import { f } from './c.ts';`,
			`import { f } from './a.ts';`
		);
		expect(findFileCircles(files)).toEqual([expect.stringMatching(/a\.ts ↔ .*b\.ts ↔ .*c\.ts$/)]);
	});

	test('of types only', () => {
		const files = circleOf(`import type { F } from './b.ts';`, `import type { F } from './a.ts';`);
		expect(findFileCircles(files)).toHaveLength(1);
	});

	test('of files that export each other again', () => {
		const files = circleOf(`export * from './b.ts';`, `export { f } from './a.ts';`);
		expect(findFileCircles(files)).toHaveLength(1);
	});

	test('of files that load each other when they are needed', () => {
		const files = circleOf(`const m = await import('./b.ts');`, `import { f } from './a.ts';`);
		expect(findFileCircles(files)).toHaveLength(1);
	});

	test('between rooms of one rank', () => {
		const files = [
			parseSource('src/lib/server/users/a.ts', `import { f } from '../sessions/a.ts';`),
			parseSource('src/lib/server/sessions/b.ts', `import { f } from '../keys/b.ts';`),
			parseSource('src/lib/server/keys/c.ts', `import { f } from '../users/c.ts';`)
		];
		expect(findFileCircles(files)).toEqual([]);
		expect(findRoomCircles(files)).toEqual(['keys ↔ sessions ↔ users']);
	});

	test('but not where nothing comes back', () => {
		const files = circleOf(
			`import { f } from './b.ts';\nimport { g } from './c.ts';`,
			`import { g } from './c.ts';`,
			''
		);
		expect(findFileCircles(files)).toEqual([]);
	});
});
