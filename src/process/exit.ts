import { exitStatus } from '#lib/server/exit-status.ts';
import type { Logger } from '#lib/server/log.ts';

/** Ends the process with one line that names the problem and its remedy. */
export function exitWith(log: Logger, message: string, status: number = exitStatus.failure): never {
	log.fatal(message);
	if (log.level === 'silent') process.stderr.write(`${message}\n`);
	process.exit(status);
}
