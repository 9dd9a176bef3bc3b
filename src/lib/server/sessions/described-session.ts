import * as v from 'valibot';
import { describeUserAgent } from './user-agent.ts';
import type { OwnSession } from './own-sessions.ts';

const time = v.pipe(v.string(), v.isoTimestamp());

/** A session on the wire. */
export const describedSession = v.object({
	id: v.pipe(v.string(), v.uuid()),
	is_current: v.pipe(v.boolean(), v.description('Whether it is the one that asks.')),
	kind: v.pipe(v.picklist(['browser', 'program']), v.description('`program`: it has a refresh token.')),
	browser: v.pipe(
		v.nullable(v.string()),
		v.description('As the client names itself, such as `Firefox` or `curl`.')
	),
	system: v.pipe(v.nullable(v.string()), v.description('Such as `Windows` or `iPhone`.')),
	address_prefix: v.pipe(
		v.nullable(v.string()),
		v.description('The network of its last visit: 24 bits of an IPv4, 48 of an IPv6 address.')
	),
	created_at: time,
	last_seen_at: v.pipe(time, v.description('To the hour.')),
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
