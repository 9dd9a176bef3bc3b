import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildArgon2 } from '../build-argon2.ts';
import { inTurns, type Row } from './measure.ts';

export interface RawRequest {
	/** The name of the implementation. */
	name: string;
	seconds: number;
}

/** Hashing with nothing around it, on all cores. */
export interface RawHashing {
	/** The implementations of argon2 that run on this machine. */
	names: string[];
	/** @returns hashes per second */
	measure(request: RawRequest): Promise<number>;
	stop(): void;
}

const ownArgon2 = join(import.meta.dirname, '../../.test/argon2-native.node');
const turns = 3;

/** With a C compiler, adds an implementation that is compiled for this machine's processor. */
export async function startRawHashing(): Promise<RawHashing> {
	const own = await buildArgon2(ownArgon2, ['-march=native']).then(
		() => [ownArgon2],
		() => []
	);
	const child = fork(join(import.meta.dirname, 'raw-process.ts'), own);
	const [names] = (await once(child, 'message')) as [string[]];
	return {
		names,
		async measure(request) {
			child.send(request);
			const [perSecond] = (await once(child, 'message')) as [number];
			return perSecond;
		},
		stop: () => child.disconnect()
	};
}

/** Measures all implementations in turns. @returns a row for each, the fastest first */
export async function compareRaw(raw: RawHashing, seconds: number): Promise<Row[]> {
	const acts = raw.names.map((name) => async () => ({
		name,
		perSecond: await raw.measure({ name, seconds })
	}));
	// An idle processor is faster for a moment: the first measurement does not count.
	await acts[0]?.();
	return (await inTurns(turns, acts)).toSorted((a, b) => b.perSecond - a.perSecond);
}
