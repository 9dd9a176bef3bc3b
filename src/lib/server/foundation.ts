import { type Config, parseConfig } from './config/config.ts';
import { readEnvironment } from './config/values.ts';
import { createLog, type Logger } from './log.ts';

/** The settings and the log, which everything else needs. */
export interface Foundation {
	config: Config;
	/** Writes each line immediately. */
	log: Logger;
}

/**
 * Reads the settings and opens the log.
 *
 * @throws ConfigError with all mistakes
 */
export async function createFoundation(): Promise<Foundation> {
	const config = parseConfig(readEnvironment());
	return { config, log: await createLog(config.logLevel, config.appName) };
}
