import type { Handle } from '@sveltejs/kit';
import { refuse } from '../../outcome.ts';
import { namesHtml } from '../accept.ts';
import { isReading } from '../methods.ts';
import { refuseRequest } from '../refuse.ts';
import { allowedMethods, chooseHandler, findRoute as findRouteById } from '../route-table.ts';

/** Finds the route of the URL, and refuses unknown URLs and methods. */
export const findRoute: Handle = async ({ event, resolve }) => {
	const { request, isDataRequest, locals } = event;
	const { requestInfo } = locals;
	const route = await findRouteById(event.route.id);
	if (!route) {
		// Kit renders the error page.
		const wantsPage = namesHtml(requestInfo.accept);
		return wantsPage ? resolve(event) : refuseRequest(refuse('not_found'), requestInfo);
	}
	locals.route = route;
	const refuseMethod = (allow: string) => refuseRequest(refuse('method_not_allowed'), requestInfo, { allow });
	if (!allowedMethods(route).includes(request.method)) return refuseMethod(allowedMethods(route).join(', '));
	// Kit's script requests the data of pages. Kit reads a query such as `?/name` as the name of an action.
	if (isDataRequest && route.page.length === 0) return refuseRequest(refuse('not_found'), requestInfo);
	if (isReading(request.method)) return resolve(event);
	if (isDataRequest) return refuseMethod('GET, HEAD');
	if (namesAction(event.url)) return refuseRequest(refuse('not_found'), requestInfo);
	return resolve(event);
};

/** Lets the page or the API answer, and refuses bodies whose type neither accepts. */
export const choosePageOrApi: Handle = ({ event, resolve }) => {
	const { route } = event.locals;
	const refusal = route && chooseHandler(route, event.request);
	return refusal ? refuseRequest(refusal, event.locals.requestInfo) : resolve(event);
};

function namesAction({ searchParams }: URL): boolean {
	return [...searchParams.keys()].some((key) => key.startsWith('/'));
}
