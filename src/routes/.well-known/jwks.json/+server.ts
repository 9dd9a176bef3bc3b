import { endpoint } from '#lib/server/http/endpoint.ts';
import { documentResponse, keysMaxAgeSeconds } from '#lib/server/http/public-document.ts';
import * as operation from './operation.ts';

/** Called only before the process has the keys, or for another spelling of the path. */
export const GET = endpoint(operation.GET, async ({ event, services }) =>
	documentResponse(event.request, services.tokenSigner.keys.published, keysMaxAgeSeconds)
);
