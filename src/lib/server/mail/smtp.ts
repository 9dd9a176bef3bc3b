import { createTransport } from 'nodemailer';
import type { SmtpConfig } from '../config/mail.ts';
import type { Letter } from './letter.ts';

const second = 1_000;

export interface Mailer {
	/** Resolves when the server has taken the letter. */
	send(letter: Letter & { to: string; id: string; at: Date }): Promise<void>;
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
		pool: true,
		maxConnections,
		host,
		port,
		secure: isImplicitTls,
		requireTLS: Boolean(credentials) && !isLoopback,
		tls: { rejectUnauthorized: !isLoopback },
		...(credentials ? { auth: credentials } : {}),
		connectionTimeout: 10 * second,
		greetingTimeout: 10 * second,
		socketTimeout: 20 * second,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	const domain = new URL(origin).hostname;
	return {
		async send({ to, id, at, subject, text, html }) {
			await transport.sendMail({
				from,
				to: { name: '', address: to },
				subject,
				text,
				html,
				date: at,
				// The same at every try, so that a second copy after a crash can be known.
				messageId: `<${id}@${domain}>`,
				// Nobody's absence note comes back (RFC 3834 §5).
				headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
			});
		},
		async verify() {
			await transport.verify();
		},
		close: () => transport.close()
	};
}

/** What went wrong with a mail server, without what it quotes: answers repeat addresses. */
export function describeMailFault(error: unknown): { code?: string; smtp_status?: number } {
	const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
	return {
		...(typeof code === 'string' ? { code } : {}),
		...(typeof responseCode === 'number' ? { smtp_status: responseCode } : {})
	};
}
