export function median(values: number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/**
 * The rank-sum test of Mann and Whitney (Ann. Math. Statist. 18, 1947), by the normal approximation with its correction
 * for ties: enough for some twenty values on each side.
 *
 * @returns how likely ranks at least as uneven are when both come from one distribution
 */
export function rankTest(a: number[], b: number[]): number {
	const all = [...a.map((value) => ({ value, isA: true })), ...b.map((value) => ({ value, isA: false }))];
	all.sort((left, right) => left.value - right.value);
	const count = all.length;
	let rankSum = 0;
	let ties = 0;
	for (let from = 0, to = 0; from < count; from = to) {
		while (to < count && all[to]?.value === all[from]?.value) to++;
		const tied = to - from;
		const isA = all.slice(from, to).filter((one) => one.isA).length;
		rankSum += isA * ((from + 1 + to) / 2);
		ties += tied ** 3 - tied;
	}
	const expected = (a.length * (count + 1)) / 2;
	const variance = ((a.length * b.length) / 12) * (count + 1 - ties / (count * (count - 1)));
	return variance === 0 ? 1 : 2 * normalTail(Math.abs(rankSum - expected) / Math.sqrt(variance));
}

/** The upper tail of the normal distribution: Abramowitz and Stegun, 26.2.17; its error is below 1e-7. */
function normalTail(z: number): number {
	const t = 1 / (1 + 0.2316419 * z);
	const series =
		t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
	return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
