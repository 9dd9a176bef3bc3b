import type { RequestEvent } from '@sveltejs/kit';
import type { ClientCredentials } from '../clients/authenticate-client.ts';
import type { Fields } from '../fields.ts';
import type { Refusal } from '../outcome.ts';
import type { Reason } from '../refusals.ts';
import { type BodyReason, formType, readFields } from './body.ts';
import { type ClientReason, readClientCredentials } from './client-credentials.ts';
import { endpoint } from './endpoint.ts';
import { oauthErrorResponse } from './problem.ts';

interface OauthForm {
	fields: Fields;
	credentials: ClientCredentials | undefined;
}

type Handler<R extends Reason> = (event: RequestEvent, form: OauthForm) => Promise<Response | Refusal<R>>;

/**
 * Wraps the handler of an OAuth endpoint that takes a form; what it refuses is told as RFC 6749 §5.2 says. Only those compile
 * that are named, as for `endpoint`.
 */
export function oauthEndpoint<R extends Reason = never>(
	handler: Handler<NoInfer<R>>
): (event: RequestEvent) => Promise<Response> {
	return endpoint(async (event) => {
		const answer = await handle(event, handler);
		if (answer instanceof Response) return answer;
		const { reason } = answer;
		if (reason === 'invalid_client') {
			const { context, services } = event.locals;
			await context.audit.record(services.db, 'client.refused', { reason });
		}
		return oauthErrorResponse(answer, event.locals.requestId);
	});
}

async function handle<R extends Reason>(
	event: RequestEvent,
	handler: Handler<R>
): Promise<Response | Refusal<R | BodyReason | ClientReason>> {
	const { request } = event;
	const fields = await readFields(request, [formType]);
	if (!fields.ok) return fields;
	const credentials = readClientCredentials(request.headers.get('authorization'), fields.value);
	if (!credentials.ok) return credentials;
	return handler(event, { fields: fields.value, credentials: credentials.value });
}
