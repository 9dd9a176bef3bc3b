import { minuteMs, secondMs } from '#lib/server/durations.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import { documentResponse } from '#lib/server/http/public-document.ts';
import { publishApi } from '#lib/server/openapi/published.ts';
import * as operation from './operation.ts';

/** A new version shows soon; until then, clients learn with a few bytes that nothing has changed. */
const maxAgeSeconds = (5 * minuteMs) / secondMs;

export const GET = endpoint(operation.GET, async ({ event, services }) =>
	documentResponse(event.request, publishApi(services), maxAgeSeconds)
);
