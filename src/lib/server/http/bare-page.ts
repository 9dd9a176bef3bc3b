import { m } from '#lib/paraglide/messages.js';
import { baseLocale, getLocale } from '#lib/paraglide/runtime.js';
import template from '../../../error.html?raw';
import { escapeHtml } from '../escape-html.ts';
import type { Refusal } from '../outcome.ts';
import { refusals } from '../refusals.ts';
import { languageAttributes } from '../text-direction.ts';
import { refusalHeaders } from './problem.ts';
import { standalonePageHeaders } from './standalone-page.ts';

const style = /<style>([\s\S]*?)<\/style>/.exec(template)?.[1] ?? '';
const pageHeaders = standalonePageHeaders(style);

/** Renders a refusal as a separate page if no route can do so. The template is that of Kit's fallback error page. */
export function barePage(refusal: Refusal): {
	status: number;
	headers: Record<string, string>;
	html: string;
} {
	const { status, detail } = refusals[refusal.reason];
	return {
		status,
		headers: {
			...pageHeaders,
			...refusalHeaders(refusal)
		},
		html: template
			// Kit shows the template unchanged, in English.
			.replace(languageAttributes(baseLocale), languageAttributes(getLocale()))
			.replace(m.error_home({}, { locale: baseLocale }), m.error_home())
			.replaceAll('%sveltekit.status%', String(status))
			.replaceAll('%sveltekit.error.message%', escapeHtml(detail()))
	};
}
