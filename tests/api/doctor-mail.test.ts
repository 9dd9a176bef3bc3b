import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type CertificateFiles, makeCertificate } from '../support/service/certificate.ts';
import { examine } from '../support/service/doctor.ts';
import { type MailServer, type MailServerOptions, startMailServer } from '../support/email/mail-server.ts';

const credentials = { user: 'ann', pass: 's3cret' };
const sender = { MAIL_FROM: 'accounts@example.org' };
let folder: string;
let files: CertificateFiles;
beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'um-doctor-'));
	files = makeCertificate(folder, 'mail');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function findMail(url: string, env = {}) {
	const { status, find } = await examine({ DATA_DIR: folder, ...sender, SMTP_URL: url, ...env });
	return { status, ...find('mail') };
}

async function serve(options: MailServerOptions = {}): Promise<MailServer> {
	const server = await startMailServer(options);
	onTestFinished(() => server.stop());
	return server;
}

test('the mail server is asked whether it accepts emails, and gets none', async () => {
	const server = await serve();
	expect(await findMail(`smtp://127.0.0.1:${server.port}`)).toEqual({
		status: 0,
		level: 'ok',
		subject: 'mail',
		message: `127.0.0.1:${server.port} accepts emails`
	});
	expect(server.emails).toEqual([]);
});

test.for([
	['smtp', false],
	['smtps', true]
] as const)(
	'the mail server is asked whether it accepts the password, over TLS: %s://',
	async ([scheme, isImplicit]) => {
		const server = await serve({ credentials, tls: { ...files, isImplicit } });
		const { status, level, message } = await findMail(`${scheme}://ann:s3cret@127.0.0.1:${server.port}`);
		expect({ status, level }).toEqual({ status: 0, level: 'ok' });
		expect(message).toBe(`127.0.0.1:${server.port} accepts emails and the password`);
		expect(server.logins).toEqual(['ann']);
	}
);

/** `0.0.0.0` is this machine, too, but does not look like it: what goes for another machine goes for it. */
test.for<[string, MailServerOptions, string, RegExp, RegExp]>([
	['takes another password', { credentials }, '127.0.0.1', /\(EAUTH 535\)$/, /user and password of SMTP_URL/],
	['knows no passwords', {}, '127.0.0.1', /\(EAUTH 5\d\d\)$/, /user and password of SMTP_URL/],
	[
		'is another machine without TLS for the password',
		{ credentials },
		'0.0.0.0',
		/\(ETLS 5\d\d\)$/,
		/offers no TLS.*smtps/
	]
])('the mail server is a failure where it %s', async ([, options, host, message, remedy]) => {
	const server = await serve(options);
	const found = await findMail(`smtp://ann:wr0ng@${host}:${server.port}`);
	expect(found).toMatchObject({
		status: 1,
		level: 'failure',
		message: expect.stringMatching(message),
		remedy: expect.stringMatching(remedy)
	});
	expect(JSON.stringify(found)).not.toContain('wr0ng');
	expect(server.emails).toEqual([]);
});

test('a mail server that does not answer is a failure', async () => {
	const server = await serve();
	await server.stop();
	expect(await findMail(`smtp://127.0.0.1:${server.port}`)).toMatchObject({
		status: 1,
		level: 'failure',
		message: expect.stringContaining('(ESOCKET connect ECONNREFUSED'),
		remedy: expect.stringContaining('host and port of SMTP_URL')
	});
});

test('the mail server is a failure where its certificate is not known, and is not where it is', async () => {
	const own = makeCertificate(mkdtempSync(path.join(folder, 'own-')), 'own', { names: 'IP:0.0.0.0' });
	const server = await serve({ credentials, tls: { ...own, isImplicit: false } });
	const url = `smtp://ann:s3cret@0.0.0.0:${server.port}`;
	expect(await findMail(url)).toMatchObject({
		level: 'failure',
		message: expect.stringContaining('(ESOCKET self-signed certificate'),
		remedy: expect.stringContaining('certificate is valid for its name')
	});
	expect(server.logins).toEqual([]);
	expect(await findMail(url, { NODE_EXTRA_CA_CERTS: own.certFile })).toMatchObject({ level: 'ok' });
});

test('the mail server is a warning where there is none, with what needs one', async () => {
	const find = async (env: object) => (await examine({ DATA_DIR: folder, ...env })).find('mail');
	expect(await find({})).toMatchObject({ level: 'warning', message: 'no email can be sent' });
	expect(await find({ EMAIL_VERIFICATION: 'required' })).toMatchObject({
		level: 'warning',
		message: 'no email can be sent, which EMAIL_VERIFICATION=required needs',
		remedy: expect.stringContaining('SMTP_URL')
	});
});
