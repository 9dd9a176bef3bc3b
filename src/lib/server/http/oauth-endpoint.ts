import type { RequestEvent } from '@sveltejs/kit';
import type { Fields } from '../fields.ts';
import type { Refusal } from '../outcome.ts';
import { formType, readFields } from './body.ts';
import { readClientCredentials } from './client-credentials.ts';
import { endpoint } from './endpoint.ts';
import { isOauthError, oauthErrorResponse } from './problem.ts';

interface OauthForm {
	fields: Fields;
	credentials: { id: string; secret: string } | undefined;
}

/** Wraps the handler of an OAuth endpoint that takes a form; what it refuses is told as RFC 6749 §5.2 says. */
export function oauthEndpoint(
	handler: (event: RequestEvent, form: OauthForm) => Promise<Response | Refusal>
): (event: RequestEvent) => Promise<Response> {
	return endpoint(async (event) => {
		const answer = await handle(event, handler);
		if (answer instanceof Response) return answer;
		const { reason } = answer;
		if (reason === 'invalid_client') event.locals.record('client.refused', { reason });
		// Of what is wrong with the request itself OAuth knows no more than this; `code` tells.
		const error = isOauthError(reason) ? reason : 'invalid_request';
		return oauthErrorResponse(error, answer, event.locals.requestId);
	});
}

async function handle(
	event: RequestEvent,
	handler: (event: RequestEvent, form: OauthForm) => Promise<Response | Refusal>
): Promise<Response | Refusal> {
	const { request } = event;
	const fields = await readFields(request, [formType]);
	if (!fields.ok) return fields;
	const credentials = readClientCredentials(request.headers.get('authorization'), fields.value);
	if (!credentials.ok) return credentials;
	return handler(event, { fields: fields.value, credentials: credentials.value });
}
