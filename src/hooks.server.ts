import { randomUUID } from 'node:crypto';
import {
	type Handle,
	type HandleServerError,
	redirect,
	type RequestEvent,
	type ServerInit
} from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { createAudit } from '#lib/server/audit/audit.ts';
import type { Foundation } from '#lib/server/foundation.ts';
import { namesHtml } from '#lib/server/http/accept.ts';
import { createRequestContext, readPeer } from '#lib/server/http/peer.ts';
import { isCrossSite } from '#lib/server/http/cross-site.ts';
import { asksForDevMail, devMailPage } from '#lib/server/http/dev-mail.ts';
import { refuseFault } from '#lib/server/http/refuse-fault.ts';
import { allowedMethods, chooseHandler, type RouteEntry, findRoute } from '#lib/server/http/route-table.ts';
import { pageHeaders } from '#lib/server/http/headers.ts';
import { chooseLanguage, inLanguage } from '#lib/server/http/language.ts';
import { serveKeys, serveRevoked } from '#lib/server/http/public-document.ts';
import { type RequestInfo, describeAppError, refuseRequest } from '#lib/server/http/refuse.ts';
import { readSessionToken } from '#lib/server/http/session-cookie.ts';
import { previewEmails } from '#lib/server/account/emails/preview-emails.ts';
import { type Refusal, refuse, UnavailableError } from '#lib/server/outcome.ts';
import type { Reason } from '#lib/server/refusals.ts';
import { type Services, startServices } from '#lib/server/services.ts';
import { findSession } from '#lib/server/sessions/session.ts';
import { findFoundation } from './process/seam.ts';

let services: Services;

export const init: ServerInit = async () => {
	const { config, log } = findFoundation() ?? (await createOwnFoundation());
	services = startServices(config, log, {
		onFault({ message, exitStatus }) {
			log.fatal(message);
			process.exit(exitStatus);
		},
		onPublish: serveKeys
	});
	serveRevoked(() => services.revocationList.findFresh());
	process.once('sveltekit:shutdown', () => void services.stop());
};

/** Without the process, as in `vite dev`; with it, the app does not load this. */
async function createOwnFoundation(): Promise<Foundation> {
	const { createFoundation } = await import('#lib/server/foundation.ts');
	return createFoundation();
}

export const handle: Handle = ({ event, resolve }) => {
	const { headers } = event.request;
	const language = chooseLanguage(
		{ cookie: headers.get('cookie'), acceptLanguage: headers.get('accept-language') },
		event.url.protocol === 'https:'
	);
	return inLanguage(language, () => answerRequest(event, resolve));
};

async function answerRequest(event: RequestEvent, resolve: Resolve): Promise<Response> {
	const requestId = event.request.headers.get('x-request-id') ?? randomUUID();
	const requestInfo: RequestInfo = {
		accept: event.request.headers.get('accept'),
		requestId,
		isScript: event.isDataRequest
			? 'data'
			: event.request.headers.has('x-sveltekit-action')
				? 'action'
				: undefined
	};
	const audit = createAudit(services.log, { requestId, findPrefix: () => readPeer(event).prefix });
	Object.assign(event.locals, {
		services,
		requestId,
		context: createRequestContext(event, audit),
		session: undefined,
		user: undefined
	} satisfies App.Locals);

	const answer = await handleRequest(event, resolve);
	if (answer instanceof Response) return withHeaders(answer, event, requestInfo);
	return refuseRequest(answer.refusal, requestInfo, answer.headers);
}

type Resolve = Parameters<Handle>[0]['resolve'];
type Answer = Response | { refusal: Refusal; headers?: Record<string, string> };

/** Refuses what no route should see, finds out who is asking, and lets the route answer. */
async function handleRequest(event: RequestEvent, resolve: Resolve): Promise<Answer> {
	const { request, url } = event;
	if (asksForDevMail(event, services.config.devMail)) {
		return devMailPage(await previewEmails(services));
	}
	const face = findRoute(event.route.id);
	if (!face)
		return namesHtml(request.headers.get('accept'))
			? render(event, resolve)
			: { refusal: refuse('not_found') };

	const allowed = allowedMethods(face);
	if (!allowed.includes(request.method)) {
		return { refusal: refuse('method_not_allowed'), headers: { allow: allowed.join(', ') } };
	}
	const isReading = request.method === 'GET' || request.method === 'HEAD';
	// Kit's script asks pages for data, by reading; and it takes `?/name` for the name of an action.
	if (event.isDataRequest && !face.page) return { refusal: refuse('not_found') };
	if (event.isDataRequest && !isReading) {
		return { refusal: refuse('method_not_allowed'), headers: { allow: 'GET, HEAD' } };
	}
	if (!isReading && namesAction(url)) return { refusal: refuse('not_found') };
	if (!isReading && isCrossSite(request.headers, url.host)) {
		await event.locals.context.audit.record(services.db, 'request.cross_site');
		return { refusal: refuse('cross_site_request') };
	}
	const wrongType = chooseHandler(face, request);
	if (wrongType) return { refusal: wrongType };

	const fault = await identify(event, face);
	// The form of a page for everybody still gets that page, with what was entered: its action meets the same fault and says so.
	if (fault && (isReading || face.guarded || !face.page)) return { refusal: fault };
	if (face.guarded && !event.locals.user) {
		redirect(303, `/login?next=${encodeURIComponent(url.pathname + url.search)}`);
	}
	return render(event, resolve);
}

function render(event: RequestEvent, resolve: Resolve): Response | Promise<Response> {
	return resolve(event, {
		transformPageChunk: ({ html }) => html.replace('<html lang="%lang%">', `<html lang="${getLocale()}">`)
	});
}

function namesAction({ searchParams }: URL): boolean {
	return [...searchParams.keys()].some((key) => key.startsWith('/'));
}

/** Notes in `locals` whose session the browser has; a bearer token stands alone. */
async function identify(event: RequestEvent, face: RouteEntry): Promise<Refusal | undefined> {
	if (!face.session || event.request.headers.has('authorization')) return undefined;
	const token = readSessionToken(event);
	if (!token) return undefined;
	try {
		const session = await findSession(services.db, token, { prefix: readPeer(event).prefix });
		Object.assign(event.locals, { session, user: session?.user } satisfies Partial<App.Locals>);
		return undefined;
	} catch (error) {
		return refuseFault(event, error);
	}
}

function withHeaders(response: Response, event: RequestEvent, requestInfo: RequestInfo): Response {
	const isHtml = response.headers.get('content-type')?.startsWith('text/html') ?? false;
	// Kit's last resort: without a policy, so the style that is in it would be refused, and in English.
	const isLastResort = isHtml && !response.headers.has('content-security-policy');
	const isUnreadable = isHtml && !namesHtml(requestInfo.accept);
	const reason = isUnreadable ? machineReadable[response.status] : undefined;
	if (isLastResort) return refuseRequest(refuse('internal_error'), requestInfo);
	if (reason) return refuseRequest(refuse(reason), requestInfo);
	if (isHtml || event.isDataRequest || event.request.method === 'POST')
		response.headers.set('cache-control', 'no-store');
	if (isHtml) {
		for (const [name, value] of Object.entries(pageHeaders)) response.headers.set(name, value);
		response.headers.set('content-language', getLocale());
	}
	return response;
}

/** Pages that a program cannot read: it gets the problem document instead. */
const machineReadable: Record<number, Reason> = { 404: 'not_found', 500: 'internal_error' };

export const handleError: HandleServerError = ({ error, event, status }) => {
	const requestId = event.locals.requestId ?? randomUUID();
	let reason: Reason = status === 404 ? 'not_found' : 'internal_error';
	if (error instanceof UnavailableError) reason = error.reason;
	else if (status >= 500) services.log.error({ err: error, request_id: requestId }, 'Request failed');
	return describeAppError(reason, requestId);
};
