import type { Handle } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';

/** Lets the route answer, in the language of the request. */
export const render: Handle = ({ event, resolve }) =>
	resolve(event, {
		transformPageChunk: ({ html }) => html.replace('<html lang="%lang%">', `<html lang="${getLocale()}">`)
	});
