import { describe, expect, test } from 'vitest';
import { findForbiddenCode } from '../support/architecture/code.ts';
import { parseSource, readSourceFiles } from '../support/architecture/source-files.ts';

test('no file has what the house forbids', () => {
	expect(findForbiddenCode(readSourceFiles('src', 'migrations', 'scripts', 'tests', 'verify'))).toEqual([]);
});

const user = 'src/lib/server/users/user.ts';
const longFunction = `function f() {\n${'let a;\n'.repeat(60)}}`;

describe('forbidden code is found', () => {
	test.for([
		['more than 200', 'scripts/long.ts', 'let a;\n'.repeat(201)],
		['has a function of 62 lines', user, longFunction],
		['has a function of 62 lines', user, longFunction.replace('function f()', 'const f = () =>')],
		[
			'has a function of 62 lines',
			'tests/api/me.test.ts',
			`test('is long', () => {\n${'let a;\n'.repeat(60)}});`
		],
		['more than 200', 'src/lib/server/crypto/native/addon.c', 'int a;\n'.repeat(201)],
		['is a barrel', 'src/lib/server/users/index.ts', 'export const a = 1;'],
		['names no topic', 'src/lib/server/utils/text.ts', 'export const a = 1;'],
		['exports again', user, `export * from './store.ts';`],
		['exports again', user, `export { f as g } from './store.ts';`],
		['exports again', user, `import { f } from './store.ts';\nexport { f };`],
		['exports again', user, `import type { F } from './store.ts';\nexport type { F };`],
		['exports again', user, `import { f } from './store.ts';\nexport const g = f;`],
		['exports again', user, `import * as store from './store.ts';\nexport default store;`],
		['knows Request', user, 'export function f(request: Request) {}'],
		['knows RequestEvent', user, `export function f({ url }: RequestEvent) {}`],
		['knows Cookies', user, 'interface Carrier { cookies: Cookies }'],
		['knows Request', user, 'export function f(request: globalThis.Request) {}'],
		['knows Response', user, 'const f = () => new Response(null);'],
		['knows Response', user, 'const f = () => Response.json({});'],
		['reads a clock', user, 'const startedAt = new Date();'],
		['reads a clock', user, 'export const day = Math.floor(Date.now() / 1000);'],
		['reads a clock', user, 'if (performance.now() > 5) f();'],
		['reads a clock', user, 'class Watch { static startedAt = Date.now(); }'],
		['reads a clock', user, 'const startedAt = (() => Date.now())();'],
		['reads a clock', user, 'const startedAt = read();\nfunction read() { return new Date(); }'],
		['reads a clock', user, 'const read = () => performance.now();\nconst startedAt = read();'],
		['reads the environment', user, `const key = process['env'].SECRET_KEY;`],
		['reads the environment', user, 'const { env } = process;'],
		['reads the environment', user, 'const key = process.env.SECRET_KEY;'],
		['reads the environment', 'src/lib/server/log.ts', `import { env } from 'node:process';`],
		['uses any', user, 'let a: any;'],
		['turns a check off', user, '// eslint-disable-next-line no-console\nlet a;'],
		['turns a check off', user, '// @ts-ignore\nlet a;'],
		['turns a check off', 'src/lib/ui/Field.svelte', '<!-- eslint-disable svelte/no-at-html-tags -->']
	])('%s: %s', ([reason, path = '', text = '']) => {
		expect(findForbiddenCode([parseSource(path, text)])).toEqual([expect.stringContaining(reason ?? '')]);
	});
});

describe('allowed code is not', () => {
	test.for([
		['src/lib/server/http/form.ts', 'export function f(request: Request) {}'],
		[user, 'export function f() { return Date.now(); }'],
		[user, 'class Watch { #at = Date.now(); }'],
		[user, `const epoch = new Date('1970-01-01');`],
		[user, 'const f = 1;\nexport { f };'],
		[user, `import { dayMs } from '../durations.ts';\nexport const lifetimeMs = dayMs;`],
		[user, 'interface Sent { Response: string }'],
		['tests/api/me.test.ts', `describe('many', () => {\n${'let a;\n'.repeat(60)}});`],
		['src/lib/server/config/config.ts', 'const a = process.env.PORT;']
	])('%s: %s', ([path = '', text = '']) => {
		expect(findForbiddenCode([parseSource(path, text)])).toEqual([]);
	});
});
