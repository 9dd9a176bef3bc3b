import { error, isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import type { Refusal } from '../outcome.ts';
import { refusals } from '../refusals.ts';
import { refuseFault } from './refuse-fault.ts';
import { describeAppError, setRefusalHeaders } from './refuse.ts';

/** Wraps the load function of a page. A refusal that it returns, or a fault, becomes the error page with its status. */
export function pageLoad<Event extends RequestEvent, Data extends Record<string, unknown>>(
	load: (event: Event) => Promise<Data | Refusal>
) {
	return async (event: Event): Promise<Data> => {
		const loaded = await load(event).catch((thrown: unknown) => {
			if (isRedirect(thrown) || isHttpError(thrown)) throw thrown;
			return refuseFault(event, thrown);
		});
		if (!isRefusal(loaded)) return loaded;
		setRefusalHeaders(event, loaded);
		error(
			refusals[loaded.reason].status,
			describeAppError(loaded.reason, event.locals.requestInfo.requestId)
		);
	};
}

function isRefusal(loaded: Refusal | Record<string, unknown>): loaded is Refusal {
	return loaded.ok === false && typeof loaded.reason === 'string';
}
