import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Both halves of the heap's young part together. */
const enoughYoungBytes = 32 * 2 ** 20;
/** How much of the size that is in use may be filled before the old part is swept again. V8 itself takes up to 300. */
const oldGrowthPercent = 100;

/**
 * Keeps the heap small. On a machine with much memory V8 lets the young part grow to 128 MB and the old one to four times
 * what is in use, and keeps them, though what a request needs is gone long before. The options that bound them are read
 * only before the process starts; by how much they grow, each time.
 */
export function boundHeap(): void {
	setFlagsFromString(`--heap-growing-percent=${oldGrowthPercent}`);
	let isGrowing = true;
	const check = () => {
		const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
		const mayGrow = (young?.space_size ?? 0) < enoughYoungBytes;
		if (mayGrow === isGrowing) return;
		isGrowing = mayGrow;
		setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
	};
	new PerformanceObserver(check).observe({ entryTypes: ['gc'] });
}
