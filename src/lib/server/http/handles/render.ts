import type { Handle } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { languageAttributes } from '../../text-direction.ts';

/** Lets the route answer, in the language of the request. */
export const render: Handle = ({ event, resolve }) =>
	resolve(event, {
		transformPageChunk: ({ html }) =>
			html.replace('lang="%lang%" dir="%dir%"', languageAttributes(getLocale()))
	});
