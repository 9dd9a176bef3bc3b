import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger };

/** Header and field names whose values never reach a log, wherever they stand. */
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
 * Keeps the first character and the domain of every e-mail address in a text, in a URL too. It sees what strangers
 * send, so its time grows with the length of the text and no faster.
 */
export function maskEmails(text: string): string {
	return text.replaceAll(/[^\s'"`<>(),;:/]+/gu, (word) => {
		const at = Math.max(word.lastIndexOf('@'), word.lastIndexOf('%40'));
		return at > 0 ? `${String.fromCodePoint(word.codePointAt(0) ?? 0)}***${word.slice(at)}` : word;
	});
}

/** What of an error is worth a log line: driver errors carry SQL and values, so members are chosen, not copied. */
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
 * One JSON object a line with RFC 3339 times; a terminal gets the same events as readable lines.
 *
 * @param isGathering for a log with a line for each request: a write of its own for each costs more than all of `/me`'s
 * query. Lines come a tenth of a second late then, and all of them when the process exits, by a crash too.
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
			// Whoever read them has gone.
		}
	});
	return stream;
}

async function createTerminalStream(): Promise<DestinationStream> {
	const { default: pretty } = await import('pino-pretty');
	return pretty({ sync: true, ignore: 'name,pid,hostname', translateTime: 'SYS:HH:MM:ss' });
}
