import type { securityEvents } from '../../../src/lib/server/audit/events.ts';
import { logLinesOf } from './log-lines.ts';
import type { Service } from './service.ts';

type EventName = keyof typeof securityEvents;

const everywhere = new Set(['level', 'time', 'name', 'request_id']);

/** Those that people leave who look after their account: tests/api/account-events.test.ts. */
export const isAboutAccounts = (name: string) =>
	/^(account|email|link|mail|identity)\./.test(name) ||
	['password.changed', 'password.reset', 'password.reset_requested', 'session.ended_elsewhere'].includes(
		name
	);

/** The events that a request has left in the log, without what every line has. */
export async function eventsOf(service: Service, { headers }: { headers: Record<string, unknown> }) {
	const lines = await logLinesOf(service, headers['x-request-id']);
	return lines
		.filter(({ event }) => event !== undefined)
		.map((line) => Object.fromEntries(Object.entries(line).filter(([member]) => !everywhere.has(member))));
}

/** Notes which events a test has expected. */
export function watchEvents(table: typeof securityEvents) {
	const seen = new Set<unknown>();
	return {
		seen,
		event(name: EventName, details: object, peer_prefix = '127.0.0.1') {
			seen.add(name);
			return [{ event: name, msg: table[name], peer_prefix, ...details }];
		}
	};
}
