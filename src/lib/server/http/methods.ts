/** Whether a method only reads. */
export function isReading(method: string | undefined): boolean {
	return method === 'GET' || method === 'HEAD';
}
