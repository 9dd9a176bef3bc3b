import type { RequestEvent } from '@sveltejs/kit';
import type { Caller } from '../authentication/caller.ts';
import type { ClientCredentials } from '../clients/authenticate-client.ts';
import type { Context } from '../context.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome, type Refusal } from '../outcome.ts';
import { type BodyReason, readFields } from './body.ts';
import { type ClientReason, readClientCredentials } from './client-credentials.ts';
import { type CallerReason, identifyCaller } from './identify-caller.ts';
import type { Operation, ReasonsOf, Security } from './operation.ts';
import { oauthErrorResponse, problemResponse } from './problem.ts';
import { refuseFault } from './refuse-fault.ts';

/** The input of a handler, according to its operation. */
export interface ApiRequest<O extends Operation = Operation> {
	event: RequestEvent;
	services: App.Locals['services'];
	context: Context;
	/** The members of the body; empty if the operation has no body, or reads it itself. */
	fields: Fields;
	/** Present if the operation `needs` a user. */
	caller: O extends { needs: 'user' } ? Caller : undefined;
	/** Present if `security` names clients and the request has credentials. */
	credentials: ClientCredentials | undefined;
}

type InputReason = BodyReason | CallerReason | ClientReason;

/**
 * Makes the handler of an operation. It reads the body by its media types, finds the caller, and checks what the
 * operation needs. A refusal or a fault becomes a problem document, or an OAuth error if the operation says so. A
 * handler that returns a refusal its operation does not describe does not compile.
 */
export function endpoint<const O extends Operation>(
	operation: O,
	handle: (request: ApiRequest<O>) => Promise<Response | Refusal<NoInfer<ReasonsOf<O>>>>
): (event: RequestEvent) => Promise<Response> {
	const readInput = createInputReader(operation);
	return async (event) => {
		const answer = await readInput(event)
			.then((request) => (request.ok ? handle(request.value as ApiRequest<O>) : request))
			.catch((error: unknown) => refuseFault(event, error));
		return answer instanceof Response ? answer : refuseOperation(event, operation, answer);
	};
}

function createInputReader(operation: Operation) {
	const { bodies, bodyIsOptional = false, needs, readsBody, security = [] } = operation;
	const hasClients = security.includes('client' satisfies Security);
	let mediaTypes: readonly string[] | undefined;

	return async (event: RequestEvent): Promise<Outcome<ApiRequest, InputReason>> => {
		const { request, locals } = event;
		const { services, context } = locals;
		let fields: Fields = {};
		if (bodies && !readsBody) {
			mediaTypes ??= Object.keys(bodies({ ...services.config, version: services.version }));
			const read = await readFields(request, mediaTypes, { mayBeAbsent: bodyIsOptional });
			if (!read.ok) return read;
			fields = read.value;
		}
		const caller = needs ? await identifyCaller(event) : accept(undefined);
		if (!caller.ok) return caller;
		const credentials = hasClients
			? readClientCredentials(request.headers.get('authorization'), fields)
			: accept(undefined);
		if (!credentials.ok) return credentials;
		const input = { event, services, context, fields };
		return accept({ ...input, caller: caller.value as undefined, credentials: credentials.value });
	};
}

async function refuseOperation(
	{ locals: { services, context, requestInfo } }: RequestEvent,
	{ oauthReasons = [] }: Operation,
	refusal: Refusal
): Promise<Response> {
	const { reason } = refusal;
	if (reason === 'invalid_client') await context.audit.record(services.db, 'client.refused', { reason });
	const respond = oauthReasons.includes(reason) ? oauthErrorResponse : problemResponse;
	return respond(refusal, requestInfo.requestId);
}
