import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** The size to which the young part of the heap grows while much is allocated and kept for a moment, in MiB. */
function grow(bound: boolean): number {
	const script = `
		import { getHeapSpaceStatistics } from 'node:v8';
		import { setImmediate as turn } from 'node:timers/promises';
		import { boundYoungHeap } from ${JSON.stringify(join(import.meta.dirname, 'young-heap.ts'))};
		if (${bound}) boundYoungHeap();
		const kept = [];
		for (let round = 0; round < 6000; round++) {
			kept[round % 50] = Array.from({ length: 2000 }, (_, index) => ({ index, text: 'x' + index }));
			await turn();
		}
		console.log(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 2 ** 20);`;
	// Enough memory for V8 to want more, whatever this machine has.
	const options = ['--max-semi-space-size=64', '--input-type=module', '-e', script];
	return Number(execFileSync(process.execPath, options, { encoding: 'utf8' }));
}

test('the young part of the heap stays small, which else would grow', () => {
	expect(grow(true)).toBeLessThanOrEqual(48);
	expect(grow(false)).toBeGreaterThan(48);
}, 60_000);
