import * as v from 'valibot';
import { problem } from './problem.ts';

/** The answer of `GET /livez`. */
export const liveness = v.object({ status: v.literal('ok') });

/** The answer of `GET /readyz` when the service is ready. */
export const readiness = v.object({
	status: v.literal('ok'),
	version: v.string(),
	/** The remaining life of the certificate in use. */
	certificate_days_left: v.optional(v.pipe(v.number(), v.integer())),
	warnings: v.array(v.picklist(['one_peer_address', 'signing_keys_unreadable']))
});

/** The answer when the service is not ready. It names a migration that failed. */
export const unreadiness = v.object({ ...problem.entries, migration: v.optional(v.string()) });

export type Liveness = v.InferOutput<typeof liveness>;
export type Readiness = v.InferOutput<typeof readiness>;
