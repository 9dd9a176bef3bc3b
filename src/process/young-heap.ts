import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Both halves of the heap's young part together. */
const enoughBytes = 32 * 2 ** 20;

/**
 * Keeps the young part of the heap small. On a machine with much memory V8 lets it grow to 128 MB and keeps them, though
 * what a request needs is gone long before. The option that bounds it is read only before the process starts; the factor
 * by which it grows, each time.
 */
export function boundYoungHeap(): void {
	let isGrowing = true;
	const check = () => {
		const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
		const mayGrow = (young?.space_size ?? 0) < enoughBytes;
		if (mayGrow === isGrowing) return;
		isGrowing = mayGrow;
		setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
	};
	new PerformanceObserver(check).observe({ entryTypes: ['gc'] });
}
