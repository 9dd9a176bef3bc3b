import type { Config } from '#lib/server/config/config.ts';
import { createMailer, describeMailFault } from '#lib/server/email/smtp.ts';
import { failure, type Finding, ok, warning } from './finding.ts';

/** A remedy for each error code of nodemailer. */
const remedies: Record<string, string> = {
	EAUTH: 'the server rejects the user and password of SMTP_URL',
	ETLS: 'the server offers no TLS, and no password is sent without it: use smtps:// or the port for STARTTLS',
	ESOCKET: 'check the host and port of SMTP_URL, and that the server’s certificate is valid for its name',
	EDNS: 'the host does not exist: check SMTP_URL',
	ECONNECTION: 'the server cannot be reached: check the host and port of SMTP_URL, and firewalls',
	ETIMEDOUT: 'the server does not answer in time: check the host and port of SMTP_URL, and firewalls'
};

/** Connects to the mail server and logs in as the service does, without sending anything. */
export async function checkMail({ smtp, origin, emailVerification, devMail }: Config): Promise<Finding[]> {
	if (!smtp) {
		if (devMail) return [ok('mail', 'emails wait and are shown at /dev/mail')];
		const need = emailVerification === 'off' ? '' : `, which EMAIL_VERIFICATION=${emailVerification} needs`;
		const remedy = 'set SMTP_URL and MAIL_FROM (docs/deploy.md, "Email")';
		return [warning('mail', `no email can be sent${need}`, remedy)];
	}
	const mailer = createMailer(smtp, origin);
	const where = `${smtp.host}:${smtp.port}`;
	try {
		await mailer.verify();
		return [ok('mail', `${where} accepts emails${smtp.credentials ? ' and the password' : ''}`)];
	} catch (error) {
		const { code = '', smtp_status, reason } = describeMailFault(error);
		const what = [code, smtp_status, reason].filter(Boolean).join(' ') || 'unknown error';
		return [
			failure('mail', `${where} cannot be used (${what})`, remedies[code] ?? 'see docs/deploy.md, "Email"')
		];
	} finally {
		mailer.close();
	}
}
