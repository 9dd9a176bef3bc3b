import * as v from 'valibot';
import { reportHeader } from '../../../process/seam.ts';

const schema = v.object({
	/** When the certificate in use expires; epoch milliseconds. */
	certificateExpiresAt: v.optional(v.number()),
	/** Whether all clients so far share one private address. */
	seesOnePeer: v.boolean()
});

export type ProcessReport = v.InferOutput<typeof schema>;

/** The report of the process with a request to `/readyz`; nothing to report in `vite dev`, which runs without it. */
export function readProcessReport(headers: Headers): ProcessReport {
	const text = headers.get(reportHeader);
	return text === null ? { seesOnePeer: false } : v.parse(schema, JSON.parse(text));
}
