import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { previewEmails } from '#lib/server/account/emails/preview-emails.ts';
import type { Foundation } from '#lib/server/foundation.ts';
import { asksForDevMail, devMailPage } from '#lib/server/http/dev-mail.ts';
import { authenticate, authorise } from '#lib/server/http/handles/authorise.ts';
import { choosePageOrApi, findRoute } from '#lib/server/http/handles/find-route.ts';
import { finishResponse } from '#lib/server/http/handles/finish-response.ts';
import { identifyRequest } from '#lib/server/http/handles/identify-request.ts';
import { refuseCrossSite } from '#lib/server/http/handles/refuse-cross-site.ts';
import { render } from '#lib/server/http/handles/render.ts';
import { serveKeys, serveRevoked } from '#lib/server/http/public-document.ts';
import { describeAppError } from '#lib/server/http/refuse.ts';
import { UnavailableError } from '#lib/server/outcome.ts';
import type { Reason } from '#lib/server/refusals.ts';
import { type Services, startServices } from '#lib/server/services.ts';
import { findFoundation, reportStopped } from './process/seam.ts';

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
	process.once('sveltekit:shutdown', () => void services.stop().finally(reportStopped));
};

/** Without the process, as in `vite dev`; with it, the app does not load this. */
async function createOwnFoundation(): Promise<Foundation> {
	const { createFoundation } = await import('#lib/server/foundation.ts');
	return createFoundation();
}

/** A request whose client has disconnected continues: a stop waits for it before it closes the database. */
const trackRequest: Handle = ({ event, resolve }) => services.underWay.track(Promise.resolve(resolve(event)));

/** Shows a developer the queued emails, where the settings allow it. */
const serveDevMail: Handle = async ({ event, resolve }) => {
	const isAsked = asksForDevMail(event, services.config.devMail);
	return isAsked ? devMailPage(await previewEmails(services)) : resolve(event);
};

export const handle: Handle = sequence(
	trackRequest,
	identifyRequest(() => services),
	finishResponse,
	serveDevMail,
	findRoute,
	refuseCrossSite,
	choosePageOrApi,
	authenticate,
	authorise,
	render
);

export const handleError: HandleServerError = ({ error, event, status }) => {
	const requestId = event.locals.requestInfo?.requestId ?? randomUUID();
	let reason: Reason = status === 404 ? 'not_found' : 'internal_error';
	if (error instanceof UnavailableError) reason = error.reason;
	else if (status >= 500) services.log.error({ err: error, request_id: requestId }, 'Request failed');
	return describeAppError(reason, requestId);
};
