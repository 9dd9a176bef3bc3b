import type { Logger } from '../log.ts';
import { type RecordEvent, securityEvents } from './events.ts';

/** Writes events with what the request's log knows already; the prefix is asked for when there is one to write. */
export function createRecorder(log: Logger, findPrefix: () => string): RecordEvent {
	return (event, details = {}) =>
		log.info({ event, ...details, client_prefix: findPrefix() }, securityEvents[event]);
}
