import { maxSkewMs } from './db/clocks.ts';

/** Notices when the clock is set: it moves otherwise than the monotonic one. */
export interface ClockJumps {
	/** The direction since the last call; undefined when the clock was not set. */
	find(): 'forward' | 'back' | undefined;
}

export function createClockJumps(): ClockJumps {
	const difference = () => Date.now() - performance.now();
	let last = difference();
	return {
		find() {
			const jumpMs = difference() - last;
			if (Math.abs(jumpMs) <= maxSkewMs) return undefined;
			last += jumpMs;
			return jumpMs > 0 ? 'forward' : 'back';
		}
	};
}
