import { expect, test, vi } from 'vitest';
import { createViolationLog } from './violation-log.ts';

const violation = { page: '/login', directive: 'script-src', blocked: 'inline' };
const startsAt = Date.UTC(2026, 0, 1);
const at = (seconds: number) => new Date(startsAt + seconds * 1000);

function listen(linesPerMinute: number) {
	const lines: unknown[] = [];
	const log = { warn: (line: unknown) => void lines.push(line) };
	return { lines, ...createViolationLog(log, linesPerMinute) };
}

test('the number of lines per minute is limited for any number of reports', () => {
	const { lines, note } = listen(3);
	note(Array(2).fill(violation), at(0));
	note(Array(50).fill(violation), at(59));
	expect(lines).toEqual([violation, violation, violation]);
});

test('the next minute begins with the number of omitted reports', () => {
	const { lines, note } = listen(1);
	note(Array(6).fill(violation), at(0));
	note([violation], at(60));
	note([violation], at(120));
	expect(lines).toEqual([violation, { suppressed: 5 }, violation, violation]);
});

test('the number of omitted reports is logged even without further reports', () => {
	vi.useFakeTimers({ now: startsAt });
	try {
		const { lines, note } = listen(1);
		note(Array(3).fill(violation));
		vi.advanceTimersByTime(59_000);
		expect(lines).toEqual([violation]);
		vi.advanceTimersByTime(1_000);
		expect(lines).toEqual([violation, { suppressed: 2 }]);
		vi.advanceTimersByTime(3_600_000);
		expect(lines).toHaveLength(2);
	} finally {
		vi.useRealTimers();
	}
});
