import { getLocale } from '#lib/paraglide/runtime.js';

/** "7 days", in the language of the page. */
export function describeDays(days: number): string {
	return new Intl.NumberFormat(getLocale(), { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days);
}
