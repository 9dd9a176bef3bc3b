import { createTransport } from 'nodemailer';
import type { SmtpConfig } from '../config/mail.ts';
import type { RenderedEmail } from './rendered-email.ts';
import { secondMs } from '../durations.ts';

const answerMs = 10 * secondMs;
/** Until the server has the whole letter. Then it may think for long, and must not be given a second one: RFC 5321 §4.5.3.2.6. */
const handOverMs = 20 * secondMs;
const acceptMs = 10 * 60 * secondMs;

export interface Mailer {
	/** Resolves when the server has taken the letter. */
	send(letter: RenderedEmail & { to: string; id: string; at: Date }): Promise<void>;
	/** Connects and logs in, and sends nothing. */
	verify(): Promise<void>;
	close(): void;
}

/** How many letters one instance sends at once. */
export const maxConnections = 4;

/**
 * Hands letters to a mail server (RFC 5321). TLS as the server offers; where there is a password, and the server is another
 * machine, not without (RFC 8314 §3).
 *
 * @param origin its host makes the letters' Message-IDs
 */
export function createMailer(smtp: SmtpConfig, origin: string): Mailer {
	const { host, port, isImplicitTls, isLoopback, credentials, from } = smtp;
	const transport = createTransport({
		host,
		port,
		secure: isImplicitTls,
		requireTLS: Boolean(credentials) && !isLoopback,
		// Where nothing has to be kept from others, any encryption is better than none (RFC 7435).
		tls: { rejectUnauthorized: !isLoopback && (isImplicitTls || Boolean(credentials)) },
		// Where there is a password, a server that asks for none is not the one that was meant.
		...(credentials ? { auth: credentials, forceAuth: true } : {}),
		connectionTimeout: answerMs,
		greetingTimeout: answerMs,
		// Ours decide.
		socketTimeout: 2 * acceptMs,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	// Only the last stream is read no sooner than the server wants the letter: a transform has a short one at once.
	transport.use('stream', ({ data, message }, done) => {
		const { onHandedOver = () => {} } = data as { onHandedOver?: () => void };
		const read = message.createReadStream.bind(message);
		message.createReadStream = (options) => read(options).once('end', onHandedOver);
		done();
	});
	const domain = new URL(origin).hostname;
	const closing = new AbortController();
	return {
		async send({ to, id, at, subject, text, html }) {
			const patience = new AbortController();
			const expire = () => patience.abort();
			let timer = setTimeout(expire, handOverMs);
			const letter = {
				from,
				to: { name: '', address: to },
				subject,
				text,
				html,
				date: at,
				// The same at every try, so that a second copy after a crash can be known.
				messageId: `<${id}@${domain}>`,
				// Nobody's absence note comes back (RFC 3834 §5).
				headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
				signal: AbortSignal.any([patience.signal, closing.signal]),
				onHandedOver() {
					clearTimeout(timer);
					timer = setTimeout(expire, acceptMs);
				}
			};
			try {
				await transport.sendMail(letter);
			} finally {
				clearTimeout(timer);
			}
		},
		async verify() {
			await transport.verify();
		},
		close() {
			closing.abort();
			transport.close();
		}
	};
}

/** What went wrong with a mail server, without what it quotes: answers repeat addresses. */
export function describeMailFault(error: unknown): { code?: string; smtp_status?: number; reason?: string } {
	const { code, responseCode, message } = error as Record<string, unknown>;
	return {
		...(typeof code === 'string' ? { code } : {}),
		...(typeof responseCode === 'number' ? { smtp_status: responseCode } : {}),
		// Node's own words: which certificate it does not trust, or that nothing listens.
		...(code === 'ESOCKET' && typeof message === 'string' ? { reason: message } : {})
	};
}

/** Whether a server is well and only does not take letters for one address (RFC 5321 §3.3). */
export function isAboutRecipient(error: unknown): boolean {
	const { command, responseCode } = error as { command?: unknown; responseCode?: unknown };
	return command === 'RCPT TO' && typeof responseCode === 'number' && responseCode >= 500;
}
