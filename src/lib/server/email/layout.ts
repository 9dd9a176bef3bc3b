import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import { escapeHtml } from '../escape-html.ts';
import { languageAttributes } from '../text-direction.ts';
import type { RenderedEmail } from './rendered-email.ts';

/** The sender, the recipient and the language of an email. */
export interface Frame {
	appName: string;
	/** `scheme://host[:port]` */
	origin: string;
	locale: Locale;
	/** Unset if the reader may be another person. */
	firstName?: string | undefined;
}

/** The content of an email. */
export interface Content {
	subject: string;
	paragraphs: string[];
	/** The button of the email. */
	action?: { label: string; href: string };
	/** The paragraphs below the action. */
	notes?: string[];
}

/**
 * Anyone can register any address with any name. A name that could be a link, a phone number or a message is left out,
 * so that the service does not send it on behalf of a stranger.
 */
const greetable = /^(?:[\p{L}\p{M}'’ -]|\.(?= |$)){1,40}$/u;

/** Lays out both versions of an email, plain text and HTML, with the same words and without images. */
export function layOut(frame: Frame, content: Content): RenderedEmail {
	const { locale, firstName } = frame;
	const greeting =
		firstName && greetable.test(firstName)
			? m.email_greeting({ name: firstName }, { locale })
			: m.email_greeting_unknown({}, { locale });
	const whole = { ...content, paragraphs: [greeting, ...content.paragraphs] };
	return { subject: content.subject, text: writeText(frame, whole), html: writeHtml(frame, whole) };
}

/** Writes a time in words and in UTC, because the time zone of the reader is unknown. */
export function describeTime(at: number, locale: Locale): string {
	const format = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const;
	return `${new Intl.DateTimeFormat(locale, format).format(at)} UTC`;
}

function footerOf({ appName, origin, locale }: Frame): string {
	return m.email_footer({ appName, origin }, { locale });
}

function writeText(frame: Frame, { paragraphs, action, notes = [] }: Content): string {
	const parts = [
		...paragraphs,
		...(action ? [`${action.label}:\n${action.href}`] : []),
		...notes,
		`-- \n${footerOf(frame)}`
	];
	return `${parts.join('\n\n')}\n`;
}

/** Colours that stay readable when an email program inverts them in dark mode. */
const styles = {
	body: 'margin:0;padding:24px 16px;background:#ffffff;color:#1b2324;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif',
	column: 'max-width:34em;margin:0 auto',
	paragraph: 'margin:0 0 16px',
	button:
		'display:inline-block;padding:11px 18px;border-radius:8px;background:#0b6b62;color:#ffffff;font-weight:600;text-decoration:none',
	quiet: 'margin:0 0 16px;font-size:14px;color:#566163;overflow-wrap:anywhere'
};

const darkStyles =
	'@media (prefers-color-scheme:dark){body{background:#111617!important;color:#e9eded!important}.quiet{color:#a4b0b1!important}a{color:#6fd3c3}.button{background:#6fd3c3!important;color:#06231f!important}}';

function writeHtml(frame: Frame, { subject, paragraphs, action, notes = [] }: Content): string {
	const { locale } = frame;
	const p = (text: string, style = styles.paragraph, name = '') =>
		`<p${name && ` class="${name}"`} style='${style}'>${escapeHtml(text)}</p>`;
	const parts = [
		...paragraphs.map((text) => p(text)),
		...(action
			? [
					`<p style='${styles.paragraph}'><a class="button" href="${escapeHtml(action.href)}" style='${styles.button}'>${escapeHtml(action.label)}</a></p>`,
					`<p class="quiet" style='${styles.quiet}'>${escapeHtml(m.email_link_hint({}, { locale }))}<br>${escapeHtml(action.href)}</p>`
				]
			: []),
		...notes.map((text) => p(text)),
		p(footerOf(frame), styles.quiet, 'quiet')
	];
	return [
		'<!doctype html>',
		`<html ${languageAttributes(locale)}>`,
		'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
		`<title>${escapeHtml(subject)}</title><style>${darkStyles}</style></head>`,
		// Mail programs on the web replace <html> and <body>, so the content says it too.
		`<body style='${styles.body}'><div ${languageAttributes(locale)} style='${styles.column}'>`,
		...parts,
		'</div></body>',
		'</html>',
		''
	].join('\n');
}
