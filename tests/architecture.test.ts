import { describe, expect, test } from 'vitest';
import { areaOf, findViolations, type Areas } from './support/architecture.ts';
import { parseSource, readSourceFiles } from './support/source-files.ts';

/**
 * Who may import whom: the first row whose files fit is a file's area; `uses` names the areas it may import, `types`
 * those of which it may only know the types. A new file or folder that fits no row fails the test: give it a place.
 */
const areas: Areas = {
	entry: { files: /^src\/server\.ts$/, uses: ['process', 'config', 'log', 'http', 'outcome', 'refusals'] },
	cli: {
		files: /^src\/cli(\/|\.ts$)/,
		uses: ['process', 'config', 'log', 'capability', 'db', 'crypto', 'outcome'],
		types: ['fields']
	},
	process: { files: /^src\/process\//, uses: ['config', 'log', 'http', 'outcome', 'refusals'] },
	app: { files: /^src\/(app|handler)\.d\.ts$/, uses: [], types: ['services', 'log', 'capability'] },
	hooks: {
		files: /^src\/hooks\.(server|client)\.ts$/,
		uses: ['services', 'config', 'log', 'http', 'capability', 'outcome', 'refusals', 'messages']
	},
	routes: {
		files: /^src\/routes\//,
		uses: ['http', 'capability', 'openapi', 'ui', 'credentials', 'fields', 'outcome', 'refusals', 'messages'],
		types: ['form-failure']
	},
	ui: { files: /^src\/lib\/ui\//, uses: ['credentials', 'messages'], types: ['form-failure'] },
	credentials: { files: /^src\/lib\/(credentials\.ts$|passwords\/)/, uses: [] },
	'form-failure': { files: /^src\/lib\/form-failure\.ts$/, uses: [] },
	messages: { files: /^src\/lib\/paraglide\//, uses: [] },
	services: {
		files: /^src\/lib\/server\/(services|sweep)\.ts$/,
		uses: ['config', 'log', 'capability', 'db', 'crypto', 'outcome']
	},
	config: { files: /^src\/lib\/server\/config(\/|\.ts$)/, uses: [] },
	log: { files: /^src\/lib\/server\/(log|repeated|background)\.ts$/, uses: [], types: ['config'] },
	context: { files: /^src\/lib\/server\/context\.ts$/, uses: [], types: ['capability', 'messages'] },
	outcome: { files: /^src\/lib\/server\/outcome\.ts$/, uses: [], types: ['refusals'] },
	refusals: { files: /^src\/lib\/server\/refusals\.ts$/, uses: ['messages'] },
	fields: { files: /^src\/lib\/server\/fields\.ts$/, uses: ['outcome'] },
	http: {
		files: /^src\/lib\/server\/http\//,
		uses: ['outcome', 'refusals', 'messages'],
		types: ['fields', 'form-failure', 'context']
	},
	openapi: {
		files: /^src\/lib\/server\/openapi\//,
		uses: ['http', 'capability', 'credentials', 'outcome', 'refusals', 'messages']
	},
	db: {
		files: /^src\/lib\/server\/db\//,
		uses: ['outcome', 'migrations'],
		types: ['refusals', 'config', 'log']
	},
	crypto: { files: /^src\/lib\/server\/crypto\//, uses: ['outcome'], types: ['refusals'] },
	letters: { files: /^src\/lib\/server\/mail\/letters\//, uses: ['messages'], types: ['capability'] },
	capability: {
		files: /^src\/lib\/server\/[^/]+\//,
		uses: ['db', 'crypto', 'outcome', 'credentials', 'fields', 'log', 'letters'],
		types: ['refusals', 'config', 'context']
	},
	migrations: { files: /^migrations\//, uses: ['db'] }
};

const shipped = readSourceFiles('src', 'migrations');
const all = [...shipped, ...readSourceFiles('scripts', 'tests')];

test('every file under src and migrations has its place in the table', () => {
	const homeless = shipped
		.map((file) => file.path)
		.filter((file) => !/\.(css|test\.ts)$/.test(file) && areaOf(areas, file) === undefined);
	expect(homeless).toEqual([]);
});

test('everybody imports only what the table and the house allow', () => {
	expect(all.length).toBeGreaterThan(20);
	expect(findViolations(areas, all)).toEqual([]);
});

describe('the rules can fail', () => {
	test.for([
		['src/routes/me/+server.ts', 'only stores and db', `import { sql } from 'kysely';`],
		['src/lib/server/users/register.ts', 'only stores and db', `import { type Kysely } from 'kysely';`],
		['src/lib/server/users/store.ts', 'an engine', `import mysql from 'mysql2';`],
		['src/lib/server/sessions/start.ts', 'the store of another', `import { f } from '../users/store.ts';`],
		['src/routes/+page.server.ts', 'the store of another', `export { f } from '#lib/server/users/store.ts';`],
		['src/lib/server/crypto/random.ts', 'crypto may not use db', `import { f } from '../db/tables.ts';`],
		['src/lib/server/http/body.ts', 'may not use capability', `import type { U } from '../users/user.ts';`],
		['src/lib/server/http/body.ts', 'may not use fields but its types', `import { f } from '../fields.ts';`],
		[
			'src/lib/ui/Field.svelte',
			'not use log',
			`<script>\nimport { f } from '#lib/server/log.ts';\n</script>`
		],
		['src/lib/server/users/user.ts', 'of the framework', `import { page } from '$app/state';`],
		['src/routes/+page.svelte', '#lib and config', `<script lang="ts">import x from '$lib/x.ts';</script>`],
		['src/server.ts', 'entry may not use services', `const m = await import('./lib/server/services.ts');`],
		['src/process/drain.ts', 'process may not use db', `type A = import('../lib/server/db/tables.ts').Db;`],
		['src/routes/+page.server.ts', 'routes may not use migrations', `import.meta.glob('/migrations/*.ts');`],
		['src/lib/server/users/user.ts', 'reads the environment', `const key = process.env.SECRET_KEY;`],
		['src/lib/server/log.ts', 'reads the environment', `import { env } from 'node:process';`],
		['src/lib/server/users/user.ts', 'without its extension', `import { f } from './register';`],
		['src/lib/server/users/index.ts', 'is a barrel', `export const a = 1;`],
		['src/lib/server/utils/text.ts', 'names no capability', `export const a = 1;`],
		['scripts/long.ts', 'has 201 lines', 'let a;\n'.repeat(201)]
	])('%s %s', ([path = '', reason = '', text = '']) => {
		expect(findViolations(areas, [parseSource(path, text)])).toEqual([expect.stringContaining(reason)]);
	});

	test.for([
		['src/lib/server/users/register.ts', 'knows a type of Kysely', `import type { Kysely } from 'kysely';`],
		[
			'src/lib/server/users/register.ts',
			'uses its own store and a neighbour',
			`import { f } from './store.ts';\nimport { g } from '../mail/send.ts';`
		],
		['src/lib/server/users/register.test.ts', 'is a test', `import { f } from '../services.ts';`],
		['src/routes/+page.server.ts', 'knows its generated types', `import type { Actions } from './$types';`],
		[
			'src/app.d.ts',
			'knows the type of the services',
			`import type { Services } from '#lib/server/services.ts';`
		],
		['src/lib/server/config/config.ts', 'reads the environment', `const a = process.env.PORT;`]
	])('and let pass: %s %s', ([path = '', , text = '']) => {
		expect(findViolations(areas, [parseSource(path, text)])).toEqual([]);
	});
});
