import type { HandleClientError } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { baseLocale, overwriteGetLocale, toLocale } from '#lib/paraglide/runtime.js';

// Once, before anything is shown: programs that translate pages change the attribute later.
const language = toLocale(document.documentElement.lang) ?? baseLocale;
overwriteGetLocale(() => language);

/** What +error.svelte shows when the browser itself failed, or could not reach the service. */
export const handleError: HandleClientError = () => ({
	message: m.refusal_internal_error_detail(),
	title: m.refusal_internal_error_title(),
	code: 'internal_error',
	request_id: ''
});
