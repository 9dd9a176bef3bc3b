import type { RequestEvent } from '@sveltejs/kit';
import { pageLoad } from '#lib/server/http/page-load.ts';
import { checkOneTimeToken } from '#lib/server/one-time-tokens/one-time-token.ts';
import type { Purpose } from '#lib/server/one-time-tokens/purposes.ts';
import type { Refusal } from '#lib/server/outcome.ts';

/**
 * What the page of a link loads: its token for the form, or the refusal. Opening a link changes nothing: programs that look
 * through mail open links too.
 */
export function linkLoad(purpose: Purpose) {
	return pageLoad<RequestEvent, { token: string; passwordMinLength: number }>(
		async ({ locals, request, url }) => {
			const { passwordMinLength } = locals.services.config;
			const token = url.searchParams.get('token') ?? '';
			// After a failed form its answer has the token, and says what is wrong.
			if (request.method === 'POST') return { token, passwordMinLength };
			const checked = await checkOneTimeToken(locals.services.db, { purpose, token }, locals.context.now);
			return checked.ok ? { token, passwordMinLength } : (checked as Refusal);
		}
	);
}
