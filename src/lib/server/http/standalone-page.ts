import { createHash } from 'node:crypto';
import { pageHeaders, reportDirectives } from './headers.ts';

/** The headers of a page with one style and no script, which is rendered without Kit. */
export function standalonePageHeaders(style: string): Record<string, string> {
	const hash = createHash('sha256').update(style).digest('base64');
	return {
		...pageHeaders,
		'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; ${reportDirectives}`
	};
}
