import type { Logger } from '../log.ts';
import { type RecordEvent, securityEvents } from './events.ts';

/** Writes events with what is known of the request; the prefix is asked for when there is one to write. */
export function createRecorder(
	log: Logger,
	{ requestId, findPrefix }: { requestId: string; findPrefix: () => string }
): RecordEvent {
	return (event, details = {}) =>
		log.info(
			{ request_id: requestId, event, ...details, client_prefix: findPrefix() },
			securityEvents[event]
		);
}
