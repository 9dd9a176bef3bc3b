import { error } from '@sveltejs/kit';
import { describeAppError } from '#lib/server/http/refuse.ts';
import { isReason, refusals } from '#lib/server/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => {
	const code = params.code.replaceAll('-', '_');
	if (!isReason(code) || params.code.includes('_')) {
		error(404, describeAppError('not_found', locals.requestInfo.requestId));
	}
	const { status, title, detail, explanation } = refusals[code];
	return { code, status, title: title(), detail: detail(), explanation: explanation() };
};
