import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadResult, Plan } from './plan.ts';

/** The process that sends the loads, one after another. */
export interface Generator {
	run(plan: Plan): Promise<LoadResult>;
	stop(): void;
}

export function startGenerator(): Generator {
	const child = fork(join(import.meta.dirname, 'load-process.ts'));
	return {
		async run(plan) {
			child.send(plan);
			const [result] = (await once(child, 'message')) as [LoadResult];
			return result;
		},
		stop: () => child.disconnect()
	};
}
