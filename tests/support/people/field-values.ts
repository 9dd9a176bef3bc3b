/** @returns a text of the given length that a field accepts, if the length is within its limits */
export function textOfLength(length: number, format?: string): string {
	const characters = 'qzvkwmxj'.repeat(40);
	return format === 'idn-email' ? `${characters}@example.org`.slice(-length) : characters.slice(0, length);
}
