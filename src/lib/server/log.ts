import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino';
import { maskEmails } from './mask-emails.ts';

export type Logger = PinoLogger;

/** Names of headers and fields whose values never reach a log. */
const secretNames = [
	'password',
	'hashed_password',
	'token',
	'access_token',
	'refresh_token',
	'secret',
	'authorization',
	'cookie'
];

/**
 * The loggable part of an error. Errors of database drivers contain SQL and values, so members are chosen, not copied.
 */
function describeError(error: unknown): unknown {
	if (!(error instanceof Error)) return { message: maskEmails(String(error)) };
	const { code, errno } = error as NodeJS.ErrnoException;
	return {
		type: error.name,
		message: maskEmails(error.message),
		...(code === undefined ? {} : { code }),
		...(errno === undefined ? {} : { errno }),
		stack: error.stack === undefined ? undefined : maskEmails(error.stack),
		...(error.cause === undefined ? {} : { cause: describeError(error.cause) })
	};
}

/**
 * Creates a log that writes one JSON object per line, with RFC 3339 times. A terminal gets readable lines instead.
 *
 * @param isGathering collects lines for up to 100 ms, and writes all of them when the process exits, even after a
 * crash. For a log with a line for each request: a separate write would cost more than the query of `/me`
 */
export async function createLog(level: string, name: string, isGathering = false): Promise<Logger> {
	return pino(
		{
			level,
			base: { name },
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }) },
			serializers: { err: describeError },
			redact: { paths: secretNames.flatMap((secret) => [secret, `*.${secret}`]), censor: '[redacted]' }
		},
		process.stdout.isTTY ? await createTerminalStream() : openStdout(isGathering)
	);
}

function openStdout(isGathering: boolean): DestinationStream {
	if (!isGathering) return pino.destination({ fd: 1, sync: true });
	const stream = pino.destination({ fd: 1, sync: true, minLength: 8_192, periodicFlush: 100 });
	process.once('exit', () => {
		try {
			stream.flushSync();
		} catch {
			// The reader of the log no longer exists.
		}
	});
	return stream;
}

async function createTerminalStream(): Promise<DestinationStream> {
	const { default: pretty } = await import('pino-pretty');
	return pretty({ sync: true, ignore: 'name,pid,hostname', translateTime: 'SYS:HH:MM:ss' });
}
