import type { Logger } from '../log.ts';
import type { Violation } from './violation.ts';
import { minuteMs } from '../durations.ts';

export interface ViolationLog {
	note(violations: Violation[], now?: Date): void;
}

/**
 * Logs reports of browsers. Anyone can send reports, so only a few lines are logged per minute. Further reports are
 * counted, and the count is logged at the end of the minute.
 */
export function createViolationLog(log: Pick<Logger, 'warn'>, linesPerMinute = 10): ViolationLog {
	let minuteEndsAt = 0;
	let lines = 0;
	let suppressed = 0;

	function beginMinute(nowMs: number): void {
		if (suppressed > 0) log.warn({ suppressed }, 'Further reports of browsers were not logged');
		[minuteEndsAt, lines, suppressed] = [nowMs + minuteMs, 0, 0];
	}

	return {
		note(violations, now = new Date()) {
			const nowMs = now.getTime();
			for (const violation of violations) {
				if (nowMs >= minuteEndsAt) beginMinute(nowMs);
				if (lines++ < linesPerMinute) {
					log.warn(violation, 'A browser blocked something on a page');
				} else if (suppressed++ === 0) {
					setTimeout(() => beginMinute(Date.now()), minuteEndsAt - nowMs).unref();
				}
			}
		}
	};
}
