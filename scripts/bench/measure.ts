import { setTimeout as pause } from 'node:timers/promises';
import { createConnection } from './connection.ts';
import type { Generator } from './generator.ts';
import { readCpuMs, readRss } from './proc.ts';
import { countAnswers, type LoadResult, percentile, type Plan, prepareShot, rate } from './plan.ts';

/** A row of the table. A figure that was not measured is undefined. Times are in milliseconds. */
export interface Row {
	name: string;
	/** Counts successful responses only. */
	perSecond: number;
	p50?: number;
	p99?: number;
	refusedPerSecond?: number;
	refusedP50?: number;
	livezP99?: number;
	/** The peak during the load. */
	rssMb?: number;
	/** The processor time of the service for each response, including hashing. */
	cpuMs?: number;
	/** As in LoadResult. */
	generatorBusy?: number;
}

export interface Task {
	name: string;
	plan: Plan;
	/** The statuses of success. */
	done: number[];
}

const probeEveryMs = 20;

/** Runs a load. Meanwhile, measures the memory of the process and the response time of its `/livez`. */
export async function measure(generator: Generator, task: Task, pid?: number): Promise<Row> {
	let isOver = false;
	let rssMb = 0;
	const livez: number[] = [];
	async function probe(ownPid: number): Promise<void> {
		const { origin } = task.plan;
		const connection = createConnection(origin);
		const ask = prepareShot(origin, { method: 'GET', path: '/livez' });
		while (!isOver) {
			const startedAt = performance.now();
			if ((await connection.send(ask(0))) === 200) livez.push(performance.now() - startedAt);
			rssMb = Math.max(rssMb, readRss(ownPid));
			await pause(probeEveryMs);
		}
		connection.close();
	}
	const probing = pid === undefined ? undefined : probe(pid);
	const cpuBefore = pid === undefined ? NaN : readCpuMs(pid);
	const result = await generator.run(task.plan);
	const cpuMs = pid === undefined ? NaN : (readCpuMs(pid) - cpuBefore) / countAnswers(result);
	isOver = true;
	await probing;
	return {
		...describeLoad(task, result),
		...(probing && { livezP99: percentile(livez, 0.99), rssMb, cpuMs })
	};
}

function describeLoad({ name, done }: Task, result: LoadResult): Row {
	const { answers, unsent, generatorBusy } = result;
	const best = done.map((status) => answers[status]).find((found) => found !== undefined);
	const strange = Object.keys(answers)
		.map(Number)
		.filter((status) => !done.includes(status) && status !== 503);
	const count = strange.reduce((sum, status) => sum + (answers[status]?.count ?? 0), 0);
	if (!best && count > 0) throw new Error(`${name}: the answers are ${strange.join()}, not ${done.join()}`);
	// A broken connection under load is a result to report, not a reason to stop.
	const notes = [count > 0 && `${count} × ${strange.join()}`, unsent > 0 && `${unsent} unsent`].filter(
		Boolean
	);
	return {
		name: notes.length > 0 ? `${name} (${notes.join(', ')})` : name,
		perSecond: rate(result, ...done),
		...(best && { p50: best.p50, p99: best.p99 }),
		refusedPerSecond: rate(result, 503),
		...(answers[503] && { refusedP50: answers[503].p50 }),
		generatorBusy
	};
}

/** Runs the acts in turns, so that other load on the machine affects all alike. @returns the median row of each */
export async function inTurns(turns: number, acts: (() => Promise<Row>)[]): Promise<Row[]> {
	const rows: Row[][] = acts.map(() => []);
	for (let turn = 0; turn < turns; turn++) {
		for (const [index, act] of acts.entries()) rows[index]?.push(await act());
	}
	return rows.map((own) => {
		const middle = own.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(own.length / 2)];
		if (!middle) throw new Error('there was no turn');
		return middle;
	});
}
