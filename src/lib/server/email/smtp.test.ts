import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type CertificateFiles, makeCertificate } from '../../../../tests/support/service/certificate.ts';
import { startMailServer } from '../../../../tests/support/email/mail-server.ts';
import { parseConfig } from '../config/config.ts';
import { createMailer, describeMailFault } from './smtp.ts';

const envelope = { to: 'ada@example.org', id: 'id-1', at: new Date('2026-11-03T14:05:00Z') };
const content = { subject: 'Grüße', text: 'Hallo', html: '<p>Hallo</p>' };
const credentials = { user: 'ann', pass: 's3cret:/@ü' };
/** An address of this machine that the service does not recognise as local, so it counts as another machine. */
const elsewhere = '0.0.0.0';
const here = '127.0.0.1';

const ways = ['starttls', 'implicit'] as const;

const folder = mkdtempSync(join(tmpdir(), 'um-smtp-'));
let certificate: CertificateFiles;
beforeAll(() => {
	certificate = makeCertificate(folder, 'mail', { names: `IP:${elsewhere}` });
});
afterAll(() => rmSync(folder, { recursive: true }));
const knownAuthorities = getCACertificates();
afterEach(() => setDefaultCACertificates(knownAuthorities));

const trust = ({ certFile }: CertificateFiles) =>
	setDefaultCACertificates([...knownAuthorities, readFileSync(certFile, 'utf8')]);

interface Case {
	host: string;
	/** How the server encrypts; default: not at all. */
	tls?: 'starttls' | 'implicit';
	/** The password in SMTP_URL; default: none. */
	password?: string;
	/** Whether the server has accounts; default: if there is a password. */
	asks?: boolean;
	files?: CertificateFiles;
}

/** Sends an email to a server. Resolves to the results and to what the server received. */
async function sendTo(
	{ host, tls, password, asks = password !== undefined, files = certificate }: Case,
	changes: Partial<typeof envelope & typeof content> = {}
) {
	const server = await startMailServer({
		...(asks && { credentials }),
		...(tls && { tls: { ...files, isImplicit: tls === 'implicit' } })
	});
	onTestFinished(() => server.stop());
	const login = password === undefined ? '' : `ann:${encodeURIComponent(password)}@`;
	const { smtp } = parseConfig({
		SMTP_URL: `smtp${tls === 'implicit' ? 's' : ''}://${login}${host}:${server.port}`,
		MAIL_FROM: 'Accounts <accounts@example.org>'
	});
	if (!smtp) throw new Error('no mail server');
	const mailer = createMailer(smtp, 'https://login.example.org:8443');
	onTestFinished(() => mailer.close());
	const tell = (error: unknown) => {
		const { code, reason } = describeMailFault(error);
		return reason ?? code;
	};
	const verified = await mailer.verify().then(() => 'ok', tell);
	const sent = await mailer.send({ ...envelope, ...content, ...changes }).then(() => 'ok', tell);
	return { verified, sent, arrived: server.emails, logins: server.logins };
}

test('an email has both versions and one recipient, and is marked as automatic', async () => {
	const { arrived } = await sendTo({ host: here });
	expect(arrived).toMatchObject([
		{
			to: 'ada@example.org',
			from: 'accounts@example.org',
			subject: 'Grüße',
			text: 'Hallo\n',
			html: '<p>Hallo</p>\n',
			messageId: '<id-1@login.example.org>'
		}
	]);
	const headers = Object.fromEntries(arrived[0]?.headers.map(({ key, value }) => [key, value]) ?? []);
	expect(headers).toMatchObject({
		from: 'Accounts <accounts@example.org>',
		to: 'ada@example.org',
		'auto-submitted': 'auto-generated',
		'x-auto-response-suppress': 'All',
		date: 'Tue, 03 Nov 2026 14:05:00 +0000'
	});
});

test.for<[string, Partial<typeof envelope & typeof content>]>([
	['its subject', { subject: 'Hello\r\nBcc: eve@example.org\r\n\r\nHello' }],
	['its address', { to: 'ada@example.org\r\nBcc: eve@example.org' }],
	['an address with another in it', { to: 'ada@example.org, eve@example.org' }],
	['an address with a command in it', { to: 'ada@example.org>\r\nRCPT TO:<eve@example.org' }],
	['its text', { text: 'Hello\r\n.\r\nMAIL FROM:<eve@example.org>\r\n' }]
])('an email reaches no other recipient by way of %s', async ([, changes]) => {
	const { arrived } = await sendTo({ host: here }, changes);
	expect(arrived.length).toBeLessThanOrEqual(1);
	for (const { to, headers } of arrived) {
		expect(to).not.toMatch(/^eve@|,/);
		expect(headers.map(({ key }) => key)).not.toContain('bcc');
	}
});

describe('an email is sent', () => {
	test.for<[string, Case]>([
		['in plain text to a server on this machine without TLS', { host: here }],
		['in plain text to another machine without TLS, if there is no password', { host: elsewhere }],
		[
			'in plain text, with the password, to a server on this machine without TLS',
			{ host: here, password: credentials.pass }
		]
	])('%s', async ([, at]) => {
		const { verified, sent, arrived, logins } = await sendTo(at);
		expect({ verified, sent }).toEqual({ verified: 'ok', sent: 'ok' });
		expect(arrived).toMatchObject([{ isEncrypted: false }]);
		expect(logins).toEqual(at.password ? ['ann', 'ann'] : []);
	});

	test.for<[string, Case]>([
		['STARTTLS to this machine, for any name in the certificate', { host: here, tls: 'starttls' }],
		['smtps:// to this machine, for any name in the certificate', { host: here, tls: 'implicit' }],
		['STARTTLS, with the password', { host: here, tls: 'starttls', password: credentials.pass }],
		[
			'STARTTLS to another machine without a password, for any name in the certificate',
			{ host: elsewhere, tls: 'starttls' }
		],
		['smtps://, with the password', { host: here, tls: 'implicit', password: credentials.pass }]
	])('encrypted over %s', async ([, at]) => {
		const { verified, sent, arrived } = await sendTo(at);
		expect({ verified, sent }).toEqual({ verified: 'ok', sent: 'ok' });
		expect(arrived).toMatchObject([{ isEncrypted: true }]);
	});

	test.for(ways)('encrypted to another machine with a valid certificate: %s', async (tls) => {
		trust(certificate);
		const { verified, sent, arrived, logins } = await sendTo({
			host: elsewhere,
			tls,
			password: credentials.pass
		});
		expect({ verified, sent }).toEqual({ verified: 'ok', sent: 'ok' });
		expect(arrived).toMatchObject([{ isEncrypted: true }]);
		expect(logins).toEqual(['ann', 'ann']);
	});
});

describe('neither the password nor the email is sent to', () => {
	test('another machine without TLS that would accept them', async () => {
		const { verified, sent, arrived, logins } = await sendTo({ host: elsewhere, password: credentials.pass });
		expect({ verified, sent, arrived, logins }).toEqual({
			verified: 'ETLS',
			sent: 'ETLS',
			arrived: [],
			logins: []
		});
	});

	test.for(ways)('another machine with a self-signed certificate: %s', async (tls) => {
		const { verified, sent, arrived, logins } = await sendTo({
			host: elsewhere,
			tls,
			password: credentials.pass
		});
		expect({ arrived, logins }).toEqual({ arrived: [], logins: [] });
		for (const outcome of [verified, sent]) expect(outcome).toMatch(/^self-signed certificate/);
	});

	test.for(ways)('another machine with a certificate for another name: %s', async (tls) => {
		const files = makeCertificate(mkdtempSync(join(folder, 'other-')), 'other');
		trust(files);
		const { sent, arrived, logins } = await sendTo({
			host: elsewhere,
			tls,
			files,
			password: credentials.pass
		});
		expect({ arrived, logins }).toEqual({ arrived: [], logins: [] });
		expect(sent).toContain('does not match certificate');
	});
});

test.for<[string, Case]>([
	['rejects the password', { host: here, password: 'wrong' }],
	['has no accounts', { host: here, password: credentials.pass, asks: false }]
])('a server that %s gets no email, and the error says why', async ([, at]) => {
	const { verified, sent, arrived } = await sendTo(at);
	expect({ verified, sent, arrived }).toEqual({ verified: 'EAUTH', sent: 'EAUTH', arrived: [] });
});

test('the description of an error omits the answer of the server, which may contain addresses', () => {
	const error = Object.assign(new Error('550 no ada@example.org here'), {
		code: 'EENVELOPE',
		responseCode: 550,
		response: '550 no ada@example.org here'
	});
	expect(describeMailFault(error)).toEqual({ code: 'EENVELOPE', smtp_status: 550 });
});
