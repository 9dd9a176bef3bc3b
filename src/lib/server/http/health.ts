import * as v from 'valibot';
import { problem } from './problem.ts';

/** What `GET /livez` answers. */
export const liveness = v.object({ status: v.literal('ok') });

/** What `GET /readyz` answers when all is well. */
export const readiness = v.object({
	status: v.literal('ok'),
	version: v.string(),
	/** Of the certificate that HTTPS uses. */
	certificate_days_left: v.optional(v.pipe(v.number(), v.integer())),
	warnings: v.array(v.picklist(['one_peer_address', 'signing_keys_unreadable']))
});

/** And when it is not: a migration that could not be run is named. */
export const unreadiness = v.object({ ...problem.entries, migration: v.optional(v.string()) });

export type Liveness = v.InferOutput<typeof liveness>;
export type Readiness = v.InferOutput<typeof readiness>;
