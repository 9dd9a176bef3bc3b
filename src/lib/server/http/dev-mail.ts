import type { RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { escapeHtml } from '../escape-html.ts';
import { languageAttributes } from '../text-direction.ts';
import { standalonePageHeaders } from './standalone-page.ts';

/** The page where a developer reads emails that no server sends. */
const path = '/dev/mail';
const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const forwarding = /forwarded|^via$|-ip$/i;
/** Other names are refused, because another site could point its own name at this machine. */
const ownNames = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Whether a program on this machine asks for this page. Any header that proxies add makes the request remote.
 *
 * @param isOn whether the settings allow the page; otherwise it does not exist
 */
export function asksForDevMail(
	{ url, request, platform, isDataRequest }: RequestEvent,
	isOn: boolean
): boolean {
	if (!isOn || isDataRequest || url.pathname !== path || !/^(?:GET|HEAD)$/.test(request.method) || !platform)
		return false;
	const { rawHeaders, socket } = platform.req;
	const isPassedOn = rawHeaders.some((name, index) => index % 2 === 0 && forwarding.test(name));
	return loopback.test(socket.remoteAddress ?? '') && ownNames.test(url.hostname) && !isPassedOn;
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:44rem;margin:0 auto;padding:1.5rem 1rem;overflow-wrap:anywhere}article{margin-block:1.5rem;padding:1rem;border:1px solid light-dark(#e2e0d9,#2e383a);border-radius:.75rem}h1{font-size:1.5rem}h2{font-size:1.125rem;margin:0}pre{white-space:pre-wrap;font:inherit;margin:1rem 0 0}`;

interface PreviewedEmail {
	to: string;
	subject: string;
	text: string;
}

/** The newest queued emails, with working links. */
export function devMailPage(emails: PreviewedEmail[]): Response {
	const articles = emails.map(
		({ to, subject, text }) =>
			`<article><h2>${escapeHtml(subject)}</h2><p>${escapeHtml(m.dev_mail_to())}: ${escapeHtml(to)}</p><pre>${withLinks(text)}</pre></article>`
	);
	const html = `<!doctype html>
<html ${languageAttributes(getLocale())}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(m.dev_mail_title())}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(m.dev_mail_title())}</h1><p>${escapeHtml(m.dev_mail_lead())}</p>${articles.join('') || `<p>${escapeHtml(m.dev_mail_none())}</p>`}</main></body>
</html>
`;
	return new Response(html, {
		headers: { ...standalonePageHeaders(style), 'cache-control': 'no-store' }
	});
}

function withLinks(text: string): string {
	return escapeHtml(text).replaceAll(/https?:\/\/[^\s<),]+/g, (link) => `<a href="${link}">${link}</a>`);
}
