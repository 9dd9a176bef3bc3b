import { isIP } from 'node:net';
import type { SettingValues } from './values.ts';

export interface SmtpConfig {
	host: string;
	port: number;
	/** TLS from the first byte (RFC 8314 §3.3); otherwise STARTTLS if the server offers it. */
	isImplicitTls: boolean;
	/** On this machine, a password may be sent unencrypted and any certificate is accepted. */
	isLoopback: boolean;
	credentials: { user: string; pass: string } | undefined;
	/** The sender of emails. */
	from: { name: string; address: string };
}

export interface MailConfig {
	/** Unset without a server: emails wait. */
	smtp: SmtpConfig | undefined;
	/** Whether `/dev/mail` may show queued emails on this machine. */
	devMail: boolean;
}

const example = 'smtp://user:password@smtp.example.org:587';

export function readMail(
	values: SettingValues,
	{ appName, engine }: { appName: string; engine: 'mysql' | 'sqlite' },
	warnings: string[]
): MailConfig {
	const smtp = readSmtp(values, appName);
	const devMail = values.choice('DEV_MAIL', ['0', '1'], '0') === '1';
	if (devMail && (smtp || engine === 'mysql')) {
		warnings.push(
			'DEV_MAIL has no effect: emails are only shown with the embedded database and without SMTP_URL'
		);
	}
	return { smtp, devMail: devMail && !smtp && engine === 'sqlite' };
}

function readSmtp(values: SettingValues, appName: string): SmtpConfig | undefined {
	const text = values.secret('SMTP_URL')?.trim();
	const sender = values.text('MAIL_FROM');
	if (!text) return undefined;
	const from = sender === undefined ? undefined : readSender(sender, appName);
	if (!from) {
		const problem = sender === undefined ? 'is missing' : `"${sender}" is not a sender`;
		values.report(
			'MAIL_FROM',
			`${problem}: write the sender of emails, such as Accounts <accounts@example.org>`
		);
	}
	const server = readServer(text);
	// The message leaves the value out, because it contains a password.
	if (!server)
		values.report('SMTP_URL', `is not the address of a mail server: write ${example} or smtps://…:465`);
	return server && from ? { ...server, from } : undefined;
}

function readServer(text: string): Omit<SmtpConfig, 'from'> | undefined {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !/^smtps?:$/.test(url.protocol) || url.port === '0') return undefined;
	if (url.search || url.hash || !/^\/?$/.test(url.pathname)) return undefined;
	const host = readHost(url.hostname);
	const credentials = readCredentials(url);
	if (!host || credentials === 'wrong') return undefined;
	const isImplicitTls = url.protocol === 'smtps:';
	return {
		host,
		port: url.port ? Number(url.port) : isImplicitTls ? 465 : 587,
		isImplicitTls,
		isLoopback: host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.')),
		credentials
	};
}

/** Normalises a host. The URL standard normalises only hosts of special schemes such as `http`. */
function readHost(name: string): string | undefined {
	const url = `http://${name}`;
	return URL.canParse(url) ? new URL(url).hostname.replace(/^\[(.*)\]$/, '$1') : undefined;
}

/** A user name without a password is a mistake, and so is the reverse. */
function readCredentials({ username, password }: URL): SmtpConfig['credentials'] | 'wrong' {
	if (!username && !password) return undefined;
	try {
		const [user, pass] = [username, password].map(decodeURIComponent) as [string, string];
		// RFC 4616 §2: neither may contain NUL.
		return user && pass && !`${user}${pass}`.includes('\0') ? { user, pass } : 'wrong';
	} catch {
		return 'wrong';
	}
}

/** `Name <address>`, or an address alone. */
function readSender(text: string, appName: string): SmtpConfig['from'] | undefined {
	const [, name, inBrackets] = /^([^<>\p{Cc}]*?)\s*<([^<>]+)>$/u.exec(text) ?? [];
	const address = inBrackets ?? text;
	if (!/^[^\s\p{C}@<>",:;()[\]\\]+@[^\s\p{C}@<>",:;()[\]\\]+$/u.test(address)) return undefined;
	const bare = name?.replace(/^"(.*)"$/, '$1').trim();
	return { name: bare || appName, address };
}
