import { type Handle, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Refusal } from '../../outcome.ts';
import { findBrowserSession } from '../identify-caller.ts';
import { isReading } from '../methods.ts';
import { refuseFault } from '../refuse-fault.ts';
import { refuseRequest } from '../refuse.ts';

/** Finds the session of the browser for pages. An operation of the API finds its caller itself. */
export const authenticate: Handle = async ({ event, resolve }) => {
	const { route } = event.locals;
	const fault = route?.hasSession ? await noteSession(event) : undefined;
	if (!fault) return resolve(event);
	// The action of a public form still runs: it meets the same fault and reports it beside the entered values.
	const isPublicForm = !isReading(event.request.method) && !route?.needs;
	return isPublicForm ? resolve(event) : refuseRequest(fault, event.locals.requestInfo);
};

/** Redirects requests for pages that need a user to the login if there is no session. */
export const authorise: Handle = ({ event, resolve }) => {
	const { route, session } = event.locals;
	const { pathname, search } = event.url;
	if (route?.needs && !session) redirect(303, `/login?next=${encodeURIComponent(pathname + search)}`);
	return resolve(event);
};

async function noteSession(event: RequestEvent): Promise<Refusal | undefined> {
	try {
		event.locals.session = await findBrowserSession(event);
		return undefined;
	} catch (error) {
		return refuseFault(event, error);
	}
}
