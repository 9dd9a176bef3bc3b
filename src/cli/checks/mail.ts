import type { Config } from '#lib/server/config/config.ts';
import { createMailer, describeMailFault } from '#lib/server/email/smtp.ts';
import { failure, type Finding, ok, warning } from './finding.ts';

/** What nodemailer names, in words an operator can act on. */
const remedies: Record<string, string> = {
	EAUTH: 'the server does not take the user and password of SMTP_URL',
	ETLS: 'the server offers no TLS, without which no password is sent: use smtps:// or its port for STARTTLS',
	ESOCKET: 'check host and port of SMTP_URL, and that the server’s certificate is valid for its name',
	EDNS: 'no such host: check SMTP_URL',
	ECONNECTION: 'nothing answers there: check host and port of SMTP_URL, and firewalls',
	ETIMEDOUT: 'nothing answers in time: check host and port of SMTP_URL, and firewalls'
};

/** Connects to the mail server and logs in, as the service would; sends nothing. */
export async function checkMail({ smtp, origin, emailVerification, devMail }: Config): Promise<Finding[]> {
	if (!smtp) {
		if (devMail) return [ok('mail', 'emails wait for /dev/mail')];
		const need = emailVerification === 'off' ? '' : `, which EMAIL_VERIFICATION=${emailVerification} needs`;
		const remedy = 'set SMTP_URL and MAIL_FROM (docs/deploy.md, "Mail")';
		return [warning('mail', `no email can be sent${need}`, remedy)];
	}
	const mailer = createMailer(smtp, origin);
	const where = `${smtp.host}:${smtp.port}`;
	try {
		await mailer.verify();
		return [ok('mail', `${where} accepts emails${smtp.credentials ? ' and the password' : ''}`)];
	} catch (error) {
		const { code = '', smtp_status, reason } = describeMailFault(error);
		const what = [code, smtp_status, reason].filter(Boolean).join(' ') || 'unknown fault';
		return [
			failure(
				'mail',
				`${where} does not answer as it should (${what})`,
				remedies[code] ?? 'see docs/deploy.md, "Mail"'
			)
		];
	} finally {
		mailer.close();
	}
}
