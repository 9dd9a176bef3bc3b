import type { RequestHandler } from '@sveltejs/kit';
import { formType, readFields } from '#lib/server/http/body.ts';
import { isLanguage, writeLanguage } from '#lib/server/http/language.ts';
import { readOwnPath } from '#lib/server/http/next-path.ts';
import { refuseRequest } from '#lib/server/http/refuse.ts';
import { refuse } from '#lib/server/outcome.ts';

/** Where the switch below every page posts to. The browser loads the page anew, so all of it changes its language. */
export const POST: RequestHandler = async (event) => {
	const { request, url, locals } = event;
	const { requestInfo } = locals;
	const fields = await readFields(request, [formType]);
	if (!fields.ok) return refuseRequest(fields, requestInfo);
	const { language, back } = fields.value;
	if (!isLanguage(language)) {
		return refuseRequest(
			refuse('invalid_fields', { errors: [{ field: 'language', code: 'invalid' }] }),
			requestInfo
		);
	}
	writeLanguage(event, language);
	return new Response(null, { status: 303, headers: { location: readOwnPath(back, url, '/') } });
};
