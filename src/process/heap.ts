import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** The limit for both halves of the young generation together. */
const enoughYoungBytes = 32 * 2 ** 20;
/**
 * How far the old generation may grow beyond its live size, in percent, until the next collection. V8's own limit is
 * 300.
 */
const oldGrowthPercent = 100;

/**
 * Keeps the heap small. On a machine with much memory, V8 lets the young generation grow to 128 MB, and the old one to
 * four times its live size. It keeps that memory, although requests need theirs only briefly. V8 reads the options that
 * set maximum sizes only at the start of the process, but those that set the growth before each collection.
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
