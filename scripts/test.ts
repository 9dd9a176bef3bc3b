import { parseArgs } from 'node:util';
import { provideBrowser } from './test/browser.ts';
import { provideDatabaseServer, provideServerProgram } from './test/database-server.ts';
import { provideProxies } from './test/proxies.ts';
import { providePython } from './test/python.ts';
import { cleanUp, cleanUpOnSignals } from './test/run.ts';
import { check, playwright, unable, vitest, type Engine } from './test/steps.ts';
import { Tally } from './test/tally.ts';

// usage: node scripts/test.ts [--only check,unit,api,process,faults,pages,proxies]; TEST_ENGINE=sqlite|mysql narrows the API tests to one engine.

/** The last needs nginx and Caddy, so it runs only when it is named. */
const suites = ['check', 'unit', 'api', 'process', 'faults', 'pages', 'proxies'];
const usual = suites.filter((name) => name !== 'proxies');
const { values } = parseArgs({ options: { only: { type: 'string', default: usual.join() } } });
const wanted = new Set(values.only.split(','));
const unknown = [...wanted].filter((name) => !suites.includes(name));
if (unknown.length > 0) throw new Error(`--only takes ${suites.join()}, not ${unknown.join()}`);
const engines = chosenEngines();
const tally = new Tally();

cleanUpOnSignals();
try {
	await runAll();
} catch (error) {
	console.error((error as Error).message);
	tally.failed += 1;
} finally {
	await cleanUp();
}
console.log(`${tally}`);
process.exitCode = tally.failed > 0 ? 1 : 0;

async function runAll(): Promise<void> {
	// First of all, so that a machine that lacks something says so immediately.
	const browser = wanted.has('pages') ? await provideBrowser() : undefined;
	// Faults and the journeys over the pages are on both engines.
	const needsServer =
		wanted.has('faults') || wanted.has('pages') || (wanted.has('api') && engines.includes('mysql'));
	const mysqlEnv = needsServer ? { TEST_MYSQL_URL: await provideDatabaseServer() } : {};
	// Theirs is killed, so it is another one.
	if (wanted.has('faults')) await provideServerProgram();
	if (wanted.has('process')) await providePython();

	await check(tally, 'messages', 'node', 'scripts/messages.ts');
	await check(tally, 'svelte-kit sync', 'svelte-kit', 'sync');
	await Promise.all([
		wanted.has('check') && checkAll(),
		wanted.has('unit') && vitest(tally, 'unit', ['unit'])
	]);

	if (wanted.has('proxies')) await provideProxies();
	if (!['api', 'process', 'faults', 'pages', 'proxies'].some((name) => wanted.has(name))) return;
	const isWholeRun = usual.every((name) => wanted.has(name));
	const isBuilt = await check(
		tally,
		'build',
		'node',
		'scripts/build.ts',
		...(isWholeRun ? [] : ['--if-stale'])
	);
	const suite = async (name: string, start: () => Promise<void>) => {
		if (isBuilt) await start();
		else unable(tally, name, 'there is no build to test');
	};
	const onEngine = async (engine: Engine, project: string) => {
		if (!wanted.has('api') || !engines.includes(engine)) return;
		const name = `${project} on ${engine === 'mysql' ? 'a MySQL server' : 'SQLite'}`;
		const env = { TEST_ENGINE: engine, ...mysqlEnv };
		await suite(name, () => vitest(tally, name, [project], env));
	};
	const ifWanted = async (project: string) => {
		if (wanted.has(project)) await suite(project, () => vitest(tally, project, [project], mysqlEnv));
	};
	// In pairs, because each waits for much of its time.
	await Promise.all([onEngine('sqlite', 'api'), ifWanted('process')]);
	await Promise.all([onEngine('mysql', 'api'), ifWanted('faults')]);
	await onEngine('sqlite', 'timing');
	await onEngine('mysql', 'timing');
	await ifWanted('proxies');
	if (wanted.has('pages')) await suite('pages in Chromium', () => playwright(tally, browser, mysqlEnv));
}

async function checkAll(): Promise<void> {
	await Promise.all([
		check(tally, 'format', 'prettier', '--check', '.'),
		check(tally, 'lint', 'eslint', '.'),
		check(tally, 'types', 'svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings')
	]);
}

function chosenEngines(): Engine[] {
	const engine = process.env.TEST_ENGINE;
	if (!engine) return ['sqlite', 'mysql'];
	if (engine !== 'sqlite' && engine !== 'mysql') throw new Error('TEST_ENGINE is sqlite or mysql');
	return [engine];
}
