import type { Transporter } from 'nodemailer';
import type { SmtpConfig } from '../config/mail.ts';
import type { RenderedEmail } from './rendered-email.ts';
import { minuteMs, secondMs } from '../durations.ts';

const answerMs = 10 * secondMs;
/**
 * The deadline until the server has received the whole email. From then on, the server may take long, and the email
 * must not be sent a second time (RFC 5321 §4.5.3.2.6).
 */
const handOverMs = 20 * secondMs;
const acceptMs = 10 * minuteMs;

export interface Mailer {
	/** Resolves when the server has accepted the email. */
	send(email: RenderedEmail & { to: string; id: string; at: Date }): Promise<void>;
	/** Connects and authenticates without sending an email. */
	verify(): Promise<void>;
	close(): void;
}

/** The number of emails that one instance sends concurrently. */
export const maxConnections = 4;

/**
 * Sends emails through a mail server (RFC 5321). Uses TLS if the server offers it. With a password and a server on
 * another machine, TLS is required (RFC 8314 §3).
 *
 * @param origin its host becomes part of each Message-ID
 */
export function createMailer(smtp: SmtpConfig, origin: string): Mailer {
	const domain = new URL(origin).hostname;
	const closing = new AbortController();
	let opened: Promise<Transporter> | undefined;
	// Most processes never send an email, so the library is loaded for the first one.
	const open = () => (opened ??= openTransport(smtp));
	return {
		async send({ to, id, at, ...content }) {
			const transport = await open();
			const deadline = new AbortController();
			const expire = () => deadline.abort();
			let timer = setTimeout(expire, handOverMs);
			const email = {
				...content,
				from: smtp.from,
				to: { name: '', address: to },
				date: at,
				// The same id at every attempt, so that a duplicate after a crash can be recognised.
				messageId: `<${id}@${domain}>`,
				// Suppresses automatic replies (RFC 3834 §5).
				headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
				signal: AbortSignal.any([deadline.signal, closing.signal]),
				onHandedOver() {
					clearTimeout(timer);
					timer = setTimeout(expire, acceptMs);
				}
			};
			try {
				await transport.sendMail(email);
			} finally {
				clearTimeout(timer);
			}
		},
		async verify() {
			await (await open()).verify();
		},
		close() {
			closing.abort();
			void opened?.then((transport) => transport.close());
		}
	};
}

async function openTransport(smtp: SmtpConfig): Promise<Transporter> {
	const { host, port, isImplicitTls, isLoopback, credentials } = smtp;
	const { createTransport } = await import('nodemailer');
	const transport = createTransport({
		host,
		port,
		secure: isImplicitTls,
		requireTLS: Boolean(credentials) && !isLoopback,
		// If there is no password to protect, any encryption is better than none (RFC 7435).
		tls: { rejectUnauthorized: !isLoopback && (isImplicitTls || Boolean(credentials)) },
		// With a password configured, a server that does not ask for it is not the intended one.
		...(credentials ? { auth: credentials, forceAuth: true } : {}),
		connectionTimeout: answerMs,
		greetingTimeout: answerMs,
		// Longer than the deadlines of `send`, which apply instead.
		socketTimeout: 2 * acceptMs,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	// The last stream of the chain is read only as the server accepts the email. A transform stream would buffer a short
	// email and end early.
	transport.use('stream', ({ data, message }, done) => {
		const { onHandedOver = () => {} } = data as { onHandedOver?: () => void };
		const read = message.createReadStream.bind(message);
		message.createReadStream = (options) => read(options).once('end', onHandedOver);
		done();
	});
	return transport;
}

/** Describes the failure of a mail server without the text of its response, which may contain addresses. */
export function describeMailFault(error: unknown): { code?: string; smtp_status?: number; reason?: string } {
	const { code, responseCode, message } = error as Record<string, unknown>;
	return {
		...(typeof code === 'string' ? { code } : {}),
		...(typeof responseCode === 'number' ? { smtp_status: responseCode } : {}),
		// Node's own message: which certificate is not trusted, or that no server listens.
		...(code === 'ESOCKET' && typeof message === 'string' ? { reason: message } : {})
	};
}

/** Whether the server works but rejects this recipient (RFC 5321 §3.3). */
export function isAboutRecipient(error: unknown): boolean {
	const { command, responseCode } = error as { command?: unknown; responseCode?: unknown };
	return command === 'RCPT TO' && typeof responseCode === 'number' && responseCode >= 500;
}
