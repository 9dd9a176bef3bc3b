import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** The size to which a part of the heap grows while much is allocated and kept for a while, in MiB. */
function grow(space: 'new_space' | 'old_space', { bound = false, halfMb = 64, kept = 50 }): number {
	const script = `
		import { getHeapSpaceStatistics } from 'node:v8';
		import { setImmediate as turn } from 'node:timers/promises';
		import { boundHeap } from ${JSON.stringify(join(import.meta.dirname, 'heap.ts'))};
		if (${bound}) boundHeap();
		const kept = [];
		let most = 0;
		for (let round = 0; round < 6000; round++) {
			kept[round % ${kept}] = Array.from({ length: 2000 }, (_, index) => ({ index, text: 'x' + index }));
			await turn();
			const { space_size } = getHeapSpaceStatistics().find(({ space_name }) => space_name === '${space}');
			most = Math.max(most, space_size);
		}
		console.log(most / 2 ** 20);`;
	// As much as V8 takes where there is much memory, whatever this machine has.
	const options = [`--max-semi-space-size=${halfMb}`, '--input-type=module', '-e', script];
	return Number(execFileSync(process.execPath, options, { encoding: 'utf8' }));
}

test('the young part of the heap stays small, which else would grow', () => {
	expect(grow('new_space', { bound: true })).toBeLessThanOrEqual(48);
	expect(grow('new_space', {})).toBeGreaterThan(48);
}, 60_000);

test('the old part of the heap is swept sooner than it would be else', () => {
	const load = { halfMb: 8, kept: 200 };
	const bound = grow('old_space', { ...load, bound: true });
	expect(bound).toBeLessThan(0.8 * grow('old_space', load));
}, 60_000);
