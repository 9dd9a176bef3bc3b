import { onCommit } from '../db/transact.ts';
import type { Db } from '../db/tables.ts';
import type { Logger } from '../log.ts';
import { type EventDetails, type SecurityEvent, securityEvents } from './events.ts';

/** Records security events. */
export interface Audit {
	/**
	 * @param db the transaction of the act: the event is recorded if and only if it is committed. Outside a transaction,
	 * the event is recorded immediately.
	 */
	record(db: Db, event: SecurityEvent, details?: EventDetails): Promise<void>;
}

/** @param origin what is known about the request; empty for an act of the service itself */
export function createAudit(
	log: Pick<Logger, 'info'>,
	origin: { requestId?: string; findPrefix?: () => string } = {}
): Audit {
	const { requestId, findPrefix } = origin;
	return {
		async record(db, event, details = {}) {
			onCommit(db, () => {
				const request = requestId === undefined ? {} : { request_id: requestId };
				const peer = findPrefix ? { peer_prefix: findPrefix() } : {};
				log.info({ ...request, event, ...details, ...peer }, securityEvents[event]);
			});
		}
	};
}
