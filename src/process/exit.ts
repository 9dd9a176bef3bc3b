import type { Logger } from '#lib/server/log.ts';

/** `EX_CONFIG` of sysexits.h: the settings must be mended, trying again does not help. */
export const exitConfig = 78;

/** Ends the process with one line that says what is wrong and how to mend it. */
export function exitWith(log: Logger, message: string, status = 1): never {
	log.fatal(message);
	if (log.level === 'silent') process.stderr.write(`${message}\n`);
	process.exit(status);
}
