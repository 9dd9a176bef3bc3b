import { chosenEngine } from '../../tests/support/database/database.ts';
import { request } from '../../tests/support/http/http.ts';
import { type Service, startService } from '../../tests/support/service/service.ts';
import { startBareApp, startBareNode } from './bare-servers.ts';
import { type Generator, startGenerator } from './generator.ts';
import { inTurns, measure, type Row } from './measure.ts';
import { readRss } from './proc.ts';
import type { BenchOptions } from './options.ts';
import { compareRaw, startRawHashing } from './raw.ts';
import { describeMachine, formatShare } from './table.ts';
import { atRate, createBareTask, createRivalTask, createTasks, emailOf, password } from './tasks.ts';
import { fillUsers } from './users.ts';

export interface Report {
	facts: Record<string, string | number>;
	rows: Row[];
}

const turns = 5;
const fewUsers = 1000;
/** No limits, because one address sends all requests. Key pairs, as in the `.env` of a new installation. */
const env = { RATE_LIMITS: 'off', ALGORITHM: 'ES256' };

/** Measures everything that `npm run bench` prints. */
export async function runBench(options: BenchOptions, say: (text: string) => void): Promise<Report> {
	const generator = startGenerator();
	const services: Service[] = [];
	try {
		const spawnedAt = performance.now();
		const service = await startService({ env });
		services.push(service);
		const facts: Report['facts'] = {
			machine: describeMachine(),
			engine: chosenEngine(),
			start_ms: Math.round(performance.now() - spawnedAt),
			rss_idle_mb: Math.round(readRss(service.pid))
		};
		const rows: Row[] = [];
		const bench = { options, say, generator, service, facts, rows };
		say(`filling the table with ${options.users} users`);
		const fillStartedAt = performance.now();
		await fillUsers(service, options.users);
		facts.users = options.users;
		facts.fill_seconds = Math.round((performance.now() - fillStartedAt) / 1000);
		const tasks = await prepareTasks(bench, service, options.users);

		const ceiling = await measureLogins(bench, tasks);
		await measureMe(bench, tasks);
		for (const [name, factor] of [
			['logins at 80 % of the ceiling', 0.8],
			['logins at 10 × the ceiling', 10]
		] as const) {
			say(name);
			rows.push(await measure(generator, atRate(tasks.known, name, factor * ceiling), service.pid));
		}
		if (options.users > fewUsers) {
			const few = await startService({ env });
			services.push(few);
			await fillUsers(few, fewUsers);
			await compareTables(bench, tasks, await prepareTasks(bench, few, fewUsers));
		}
		if (options.rival) await compareWithRival(bench, tasks);
		return { facts, rows };
	} finally {
		generator.stop();
		for (const service of services) await service.stop();
	}
}

interface Bench extends Report {
	options: BenchOptions;
	say: (text: string) => void;
	generator: Generator;
	service: Service;
}

type Tasks = ReturnType<typeof createTasks>;

async function prepareTasks(
	{ options, generator }: Bench,
	{ origin }: Service,
	users: number
): Promise<Tasks> {
	const { json } = await request(origin, {
		method: 'POST',
		path: '/token',
		json: { email: emailOf(0), password, offline: true }
	});
	const tasks = createTasks({ origin, users, seconds: options.seconds }, json);
	// A warm-up: the first requests also compile code and open connections.
	for (const { plan } of [tasks.known, tasks.me]) {
		await generator.run({ ...plan, seconds: Math.min(1, plan.seconds) });
	}
	return tasks;
}

/** @returns the ceiling: hashes per second with nothing around them, by the fastest implementation on this machine */
async function measureLogins({ options, say, generator, service, facts, rows }: Bench, tasks: Tasks) {
	const raw = await startRawHashing();
	say('every implementation of argon2, in turns');
	const compared = await compareRaw(raw, Math.min(1, options.seconds));
	const fastest = compared[0]?.name ?? '';
	facts.argon2 = String(service.logs().findLast(({ argon2 }) => argon2 !== undefined)?.argon2);
	facts.fastest_argon2 = fastest;
	for (const { name, perSecond } of compared) facts[`hashes per second, ${name}`] = Math.round(perSecond);
	say('the fastest and logins, in turns');
	const [ceiling, logins] = (await inTurns(turns, [
		async () => ({
			name: 'raw argon2id',
			perSecond: await raw.measure({ name: fastest, seconds: options.seconds })
		}),
		() => measure(generator, tasks.known, service.pid)
	])) as [Row, Row];
	raw.stop();
	facts.logins_of_raw_hashing = formatShare(logins.perSecond / ceiling.perSecond);
	rows.push(ceiling, logins);
	for (const task of [tasks.wrong, tasks.unknown, tasks.register]) {
		say(task.name);
		rows.push(await measure(generator, task, service.pid));
	}
	return ceiling.perSecond;
}

async function measureMe({ options, say, generator, service, facts, rows }: Bench, tasks: Tasks) {
	say('/me and bare servers, in turns');
	const [app, node] = [await startBareApp(), await startBareNode()];
	try {
		const bare = [
			createBareTask('bare adapter-node endpoint', app.origin, options.seconds),
			createBareTask('bare node:http', node.origin, options.seconds)
		];
		for (const { plan } of bare) await generator.run({ ...plan, seconds: Math.min(1, plan.seconds) });
		const [me, keys, ofApp, ofNode] = (await inTurns(turns, [
			() => measure(generator, tasks.me, service.pid),
			() => measure(generator, tasks.keys, service.pid),
			...bare.map((task) => () => measure(generator, task))
		])) as [Row, Row, Row, Row];
		facts.me_of_bare_endpoint = formatShare(me.perSecond / ofApp.perSecond);
		facts.me_of_bare_node = formatShare(me.perSecond / ofNode.perSecond);
		facts.keys_of_bare_endpoint = formatShare(keys.perSecond / ofApp.perSecond);
		rows.push(me, keys, ofApp, ofNode);
		for (const task of [tasks.refresh, tasks.livez]) rows.push(await measure(generator, task, service.pid));
	} finally {
		app.stop();
		node.stop();
	}
}

async function compareTables({ options, say, generator, facts, rows }: Bench, many: Tasks, few: Tasks) {
	say('logins with many and with few users, in turns');
	const [ofMany, ofFew] = (await inTurns(turns, [
		() => measure(generator, { ...many.known, name: `login, ${options.users} users` }),
		() => measure(generator, { ...few.known, name: `login, ${fewUsers} users` })
	])) as [Row, Row];
	facts.logins_of_few_users = formatShare(ofMany.perSecond / ofFew.perSecond);
	rows.push(ofMany, ofFew);
}

async function compareWithRival({ options, say, generator, facts, rows }: Bench, tasks: Tasks) {
	if (!options.rival) return;
	const rival = createRivalTask(options.rival, options.seconds);
	say(`logins, ours and those of ${options.rival.origin}, in turns`);
	const [ours, theirs] = (await inTurns(turns, [
		() => measure(generator, { ...tasks.known, name: 'login, ours in turns with' }),
		() => measure(generator, rival)
	])) as [Row, Row];
	facts.times_the_other = Number((ours.perSecond / theirs.perSecond).toPrecision(3));
	rows.push(ours, theirs);
}
