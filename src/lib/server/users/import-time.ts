import { dayMs } from '../durations.ts';

/** Why a time of creation was not taken. */
export type TimeFault = 'created_at_unclear' | 'created_at_invalid';

/** No system that exports users is older, and no unit of an epoch time is mistaken for another within a century. */
const earliest = Date.UTC(1990);
/** Milliseconds in each unit that systems use for epoch times. */
const epochUnitsMs = [1000, 1, 1 / 1000];

const dateTime =
	/^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)(?:\.(\d+))? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * Reads a time of another system, if its unit and time zone are certain: epoch seconds, milliseconds or microseconds, of
 * which only one gives a plausible year, or a date and time with an offset (RFC 3339, also as PostgreSQL writes it).
 *
 * @param isUtc whether a date and time without an offset is UTC; otherwise its time zone is unclear
 * @returns epoch milliseconds
 */
export function readCreationTime(
	value: unknown,
	{ isUtc, now }: { isUtc: boolean; now: Date }
): number | TimeFault {
	const latest = now.getTime() + dayMs;
	const isPlausible = (time: number) => time >= earliest && time <= latest;
	const text = String(value).trim();
	if (/^\d+(\.\d+)?$/.test(text)) {
		const times = epochUnitsMs.map((unitMs) => Math.floor(Number(text) * unitMs));
		return times.find(isPlausible) ?? 'created_at_unclear';
	}
	const [, date, time = '', fraction = '', offset] = dateTime.exec(text) ?? [];
	if (date === undefined || !isInCalendar(date)) return 'created_at_invalid';
	if (offset === undefined && !isUtc) return 'created_at_unclear';
	const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
	const seconds = time.length === 5 ? `${time}:00` : time;
	const parsed = Date.parse(`${date}T${seconds}.${milliseconds}${normalizeOffset(offset)}`);
	return parsed >= 0 && parsed <= latest ? parsed : 'created_at_invalid';
}

/** `Date.parse` reads 30 February as 1 March. */
function isInCalendar(date: string): boolean {
	const midnight = Date.parse(`${date}T00:00:00Z`);
	return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}

/** `+01:00` of `+01`, `+0100` and `+01:00`. */
function normalizeOffset(offset = 'Z'): string {
	if (!/^[+-]/.test(offset)) return 'Z';
	const digits = offset.replace(':', '').padEnd(5, '0');
	return `${digits.slice(0, 3)}:${digits.slice(3)}`;
}
