import { expect } from 'vitest';
import type { LogRecord, Service } from './service.ts';

/** The lines that the service wrote about a request; they come over a pipe, so the last may be a moment late. */
export async function logLinesOf(service: Service, requestId: unknown): Promise<LogRecord[]> {
	const lines = () => service.logs().filter(({ request_id }) => request_id === requestId);
	await expect
		.poll(() => lines().map(({ msg }) => msg), { message: `log of ${requestId}` })
		.toContain('Request');
	return lines();
}
