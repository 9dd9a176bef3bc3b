import { randomUUID } from 'node:crypto';
import type { Handle, RequestEvent } from '@sveltejs/kit';
import { requestIdHeader } from '../../../../process/seam.ts';
import { createAudit } from '../../audit/audit.ts';
import { chooseLanguage, inLanguage } from '../language.ts';
import { createRequestContext } from '../peer.ts';
import type { RequestInfo } from '../refuse.ts';

/** Chooses the language of the request, and stores the request's id, its origin and its context in `locals`. */
export function identifyRequest(findServices: () => App.Locals['services']): Handle {
	return ({ event, resolve }) => {
		const { headers } = event.request;
		const wishes = { cookie: headers.get('cookie'), acceptLanguage: headers.get('accept-language') };
		const language = chooseLanguage(wishes, event.url.protocol === 'https:');
		return inLanguage(language, () => {
			const services = findServices();
			const requestId = headers.get(requestIdHeader) ?? randomUUID();
			const audit = createAudit(services.log, { requestId, findPrefix: () => context.peer.prefix });
			const context = createRequestContext(event, audit);
			Object.assign(event.locals, {
				services,
				requestInfo: readRequestInfo(event, requestId),
				context,
				route: undefined,
				session: undefined
			} satisfies App.Locals);
			return resolve(event);
		});
	};
}

function readRequestInfo(
	{ request: { headers }, isDataRequest }: RequestEvent,
	requestId: string
): RequestInfo {
	const script = headers.has('x-sveltekit-action') ? 'action' : undefined;
	return { accept: headers.get('accept'), requestId, isScript: isDataRequest ? 'data' : script };
}
