import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRepeated } from './repeated.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what happens often is said when it begins, and then how often it happened, as long as it does', () => {
	const said: number[] = [];
	const repeated = createRepeated((times) => said.push(times), 10_000);
	for (let time = 0; time < 500; time++) repeated.note();
	expect(said).toEqual([1]);
	vi.advanceTimersByTime(10_000);
	expect(said).toEqual([1, 499]);
	repeated.note();
	vi.advanceTimersByTime(10_000);
	expect(said).toEqual([1, 499, 1]);
	vi.advanceTimersByTime(60_000);
	expect(said).toEqual([1, 499, 1]);
	repeated.note();
	expect(said).toEqual([1, 499, 1, 1]);
});
