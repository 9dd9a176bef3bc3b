import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { CertificateFiles } from '../service/certificate.ts';

const maxWaitMs = 15_000;

/** An email as it arrived. */
export interface Arrived {
	/** Whether it came over TLS. */
	isEncrypted: boolean;
	to: string;
	from: string;
	subject: string;
	text: string;
	html: string;
	messageId: string;
	headers: Email['headers'];
	/** The first link of its text with a token. */
	link: URL | undefined;
}

/** What the server does when an email arrives; `accept` is the usual. */
export type Mood = 'accept' | 'refuse' | 'refuse for now' | 'hang' | 'die';

export interface MailServer {
	port: number;
	/** Settings for a service whose emails arrive here. */
	env: Record<string, string>;
	emails: Arrived[];
	/** Who has tried to log in, with whatever password. */
	logins: string[];
	/** From now on. */
	mood: Mood;
	/** How often it was in one that is not usual. */
	struck: number;
	emailsTo(email: string): Arrived[];
	/** Waits for the newest email to an address, of a subject where several are expected. */
	waitFor(to: string, subject?: RegExp): Promise<Arrived>;
	stop(): Promise<void>;
}

export interface MailServerOptions {
	port?: number;
	/** The account that may send emails; unset: no login is required. */
	credentials?: { user: string; pass: string };
	/** Unset: without TLS. */
	tls?: CertificateFiles & { isImplicit: boolean };
}

/** A mail server on loopback that keeps what it gets. */
export async function startMailServer({
	port = 0,
	credentials,
	tls
}: MailServerOptions = {}): Promise<MailServer> {
	const emails: Arrived[] = [];
	const logins: string[] = [];
	const server = new SMTPServer({
		...protection(credentials, tls),
		onAuth({ username = '', password }, _session, answer) {
			logins.push(username);
			const isRight = username === credentials?.user && password === credentials?.pass;
			if (isRight) return answer(null, { user: username });
			answer(refusal(535, `no ${username} here`));
		},
		logger: false,
		closeTimeout: 100,
		onRcptTo({ address }, _session, answer) {
			const { mood } = mail;
			if (mood !== 'accept') mail.struck++;
			if (mood === 'hang') return;
			if (mood === 'refuse') return answer(refusal(550, `no ${address} here`));
			if (mood === 'refuse for now') return answer(refusal(451, 'busy'));
			answer();
		},
		onData(stream, session, answer) {
			if (mail.mood === 'die') return cut(server);
			void receive(stream, session).then((email) => {
				emails.push(email);
				answer();
			});
		}
	});
	server.on('error', () => {});
	server.listen(port, '127.0.0.1');
	await once(server.server, 'listening');
	const listening = (server.server.address() as AddressInfo).port;
	const mail: MailServer = {
		port: listening,
		env: {
			SMTP_URL: `smtp://127.0.0.1:${listening}`,
			MAIL_FROM: 'Accounts <accounts@example.org>'
		},
		emails,
		logins,
		mood: 'accept',
		struck: 0,
		emailsTo: (email) => emails.filter(({ to }) => to === email),
		waitFor: (to, subject = /./) => waitForEmail(emails, to, subject),
		stop: () =>
			new Promise((resolve) => {
				cut(server);
				server.close(() => resolve());
			})
	};
	return mail;
}

/** What the server asks for, and whether it can encrypt. */
function protection(credentials: MailServerOptions['credentials'], tls: MailServerOptions['tls']) {
	return {
		authOptional: !credentials,
		allowInsecureAuth: true,
		disabledCommands: [...(tls && !tls.isImplicit ? [] : ['STARTTLS']), ...(credentials ? [] : ['AUTH'])],
		...(tls && {
			secure: tls.isImplicit,
			cert: readFileSync(tls.certFile),
			key: readFileSync(tls.keyFile)
		})
	};
}

async function waitForEmail(emails: Arrived[], to: string, subject: RegExp): Promise<Arrived> {
	const deadline = performance.now() + maxWaitMs;
	while (performance.now() < deadline) {
		const found = emails.findLast((email) => email.to === to && subject.test(email.subject));
		if (found) return found;
		await pause(20);
	}
	throw new Error(`no email to ${to} about ${subject}; there are ${JSON.stringify(emails)}`);
}

async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Arrived> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	const parsed = await PostalMime.parse(Buffer.concat(chunks));
	const { text = '', html = '', subject = '', messageId = '', headers } = parsed;
	const [link] = /https?:\/\/\S+\?token=\S+/.exec(text) ?? [];
	return {
		isEncrypted: session.secure,
		to: session.envelope.rcptTo.map(({ address }) => address).join(),
		from: parsed.from?.address ?? '',
		subject,
		text,
		html,
		messageId,
		headers,
		link: link ? new URL(link) : undefined
	};
}

/** What an SMTP server answers, by its code (RFC 5321 §4.2.3). */
function refusal(responseCode: number, message: string): Error {
	return Object.assign(new Error(message), { responseCode });
}

/** Closes every connection without a word. */
function cut(server: SMTPServer): void {
	for (const connection of server.connections) (connection as unknown as Connection)._socket.destroy();
}

interface Connection {
	_socket: { destroy(): void };
}
