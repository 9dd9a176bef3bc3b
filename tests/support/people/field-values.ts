/** A text of a given length that a field takes, as far as its length matters. */
export function textOfLength(length: number, format?: string): string {
	const letters = 'qzvkwmxj'.repeat(40);
	return format === 'idn-email' ? `${letters}@example.org`.slice(-length) : letters.slice(0, length);
}
