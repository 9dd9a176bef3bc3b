import * as v from 'valibot';
import { reportHeader } from '../../../process/seam.ts';

const schema = v.object({
	/** When the certificate in use expires; epoch milliseconds. */
	certificateExpiresAt: v.optional(v.number()),
	/** Whether all clients so far share one private address. */
	seesOnePeer: v.boolean()
});

export type ProcessReport = v.InferOutput<typeof schema>;

/**
 * Reads the report of the process from a request to `/readyz`. In `vite dev`, there is no process and nothing to
 * report.
 */
export function readProcessReport(headers: Headers): ProcessReport {
	const text = headers.get(reportHeader);
	return text === null ? { seesOnePeer: false } : v.parse(schema, JSON.parse(text));
}
