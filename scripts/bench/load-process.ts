import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, createConnection } from './connection.ts';
import { type LoadResult, percentile, type Plan, prepareShot } from './plan.ts';

/** The most requests that wait for a response concurrently; any further request counts as unsent. */
const maxConnections = 3000;

// A separate process, so that neither the measured service nor the bench slows the load down.
process.on('message', (plan: Plan) => void run(plan).then((result) => process.send?.(result)));
process.on('disconnect', () => process.exit());

async function run(plan: Plan): Promise<LoadResult> {
	const fill = prepareShot(plan.origin, plan.shot);
	const times = new Map<number, number[]>();
	let number = 0;
	async function shoot(connection: Connection): Promise<void> {
		const startedAt = performance.now();
		const status = await connection.send(fill(number++));
		const sameStatus = times.get(status);
		if (sameStatus) sameStatus.push(performance.now() - startedAt);
		else times.set(status, [performance.now() - startedAt]);
		// When the server is down, each request fails immediately: the pause prevents a busy loop.
		if (status === 0) await pause(10);
	}
	const before = performance.eventLoopUtilization();
	const startedAt = performance.now();
	const unsent = await (plan.perSecond === undefined ? closedLoop(plan, shoot) : openLoop(plan, shoot));
	const seconds = (performance.now() - startedAt) / 1000;
	const { utilization } = performance.eventLoopUtilization(before);
	const answers = [...times].map(([status, all]) => [
		status,
		{ count: all.length, p50: percentile(all, 0.5), p99: percentile(all, 0.99) }
	]);
	return { seconds, answers: Object.fromEntries(answers), unsent, generatorBusy: utilization };
}

async function closedLoop(plan: Plan, shoot: (connection: Connection) => Promise<void>): Promise<number> {
	const until = performance.now() + plan.seconds * 1000;
	async function client(): Promise<void> {
		const connection = createConnection(plan.origin);
		while (performance.now() < until) await shoot(connection);
		connection.close();
	}
	await Promise.all(Array.from({ length: plan.connections ?? 1 }, client));
	return 0;
}

async function openLoop(plan: Plan, shoot: (connection: Connection) => Promise<void>): Promise<number> {
	const { perSecond = 1, seconds, origin } = plan;
	const free: Connection[] = [];
	const inFlight = new Set<Promise<void>>();
	let opened = 0;
	let unsent = 0;
	const startedAt = performance.now();
	for (let sent = 0; sent < perSecond * seconds;) {
		const elapsed = (performance.now() - startedAt) / 1000;
		const due = Math.min(perSecond * seconds, elapsed * perSecond);
		for (; sent < due; sent++) {
			const connection = free.pop() ?? (opened++ < maxConnections ? createConnection(origin) : undefined);
			if (!connection) {
				unsent++;
				continue;
			}
			const answered = shoot(connection).then(() => void free.push(connection));
			inFlight.add(answered);
			void answered.then(() => inFlight.delete(answered));
		}
		await pause(1);
	}
	await Promise.all(inFlight);
	for (const connection of free) connection.close();
	return unsent;
}
