import * as v from 'valibot';
import { describeUserAgent } from './user-agent.ts';
import type { OwnSession } from './own-sessions.ts';

const time = v.pipe(v.string(), v.isoTimestamp());

/** The JSON of a session. */
export const describedSession = v.object({
	id: v.pipe(v.string(), v.uuid()),
	is_current: v.pipe(v.boolean(), v.description('Whether it is the session of this request.')),
	kind: v.pipe(
		v.picklist(['browser', 'program']),
		v.description('`program`: the session has a refresh token.')
	),
	browser: v.pipe(
		v.nullable(v.string()),
		v.description('From the `User-Agent` header, such as `Firefox` or `curl`.')
	),
	system: v.pipe(v.nullable(v.string()), v.description('Such as `Windows` or `iPhone`.')),
	address_prefix: v.pipe(
		v.nullable(v.string()),
		v.description(
			'The network of the last visit: the first 24 bits of an IPv4 address, the first 48 of an IPv6 address.'
		)
	),
	created_at: time,
	last_seen_at: v.pipe(time, v.description('Precise to the hour.')),
	expires_at: time
});

export function describeSession(session: OwnSession): v.InferOutput<typeof describedSession> {
	return {
		id: session.id,
		is_current: session.isCurrent,
		kind: session.isProgram ? 'program' : 'browser',
		...describeUserAgent(session.user_agent),
		address_prefix: session.address_prefix,
		created_at: new Date(session.created_at).toISOString(),
		last_seen_at: new Date(session.last_seen_at).toISOString(),
		expires_at: new Date(session.expires_at).toISOString()
	};
}
