import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface RawHashing {
	perSecond: number;
	/** The library that the service uses too. */
	argon2: string;
	hashesAtOnce: number;
}

/** Hashes in a second with nothing around them, on as many cores as the service: the ceiling for whoever has to hash. */
export function startRawHashing() {
	const child = fork(join(import.meta.dirname, 'raw-process.ts'));
	return {
		async measure(seconds: number): Promise<RawHashing> {
			child.send(seconds);
			const [result] = (await once(child, 'message')) as [RawHashing];
			return result;
		},
		stop: () => child.disconnect()
	};
}
