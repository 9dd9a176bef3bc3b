import * as v from 'valibot';
import { reportHeader } from '../../../process/seam.ts';

const schema = v.object({
	/** When the certificate in use expires, epoch milliseconds. */
	certificateExpiresAt: v.optional(v.number()),
	/** All clients so far share one private address. */
	seesOnePeer: v.boolean()
});

export type ProcessReport = v.InferOutput<typeof schema>;

/** What the process reported with a request to `/readyz`; nothing when the app runs without it, as in `vite dev`. */
export function readProcessReport(headers: Headers): ProcessReport {
	const text = headers.get(reportHeader);
	return text === null ? { seesOnePeer: false } : v.parse(schema, JSON.parse(text));
}
