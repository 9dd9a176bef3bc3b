import { exitStatus } from '#lib/server/exit-status.ts';
import type { Logger } from '#lib/server/log.ts';

/** Ends the process with one line that says what is wrong and how to fix it. */
export function exitWith(log: Logger, message: string, status: number = exitStatus.failure): never {
	log.fatal(message);
	if (log.level === 'silent') process.stderr.write(`${message}\n`);
	process.exit(status);
}
