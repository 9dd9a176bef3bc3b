import { hourMs, secondMs } from '#lib/server/durations.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import { documentResponse } from '#lib/server/http/public-document.ts';
import { publishMetadata } from '#lib/server/tokens/server-metadata.ts';
import * as operation from './operation.ts';

const maxAgeSeconds = hourMs / secondMs;

export const GET = endpoint(operation.GET, async ({ event, services: { config } }) =>
	documentResponse(event.request, publishMetadata(config), maxAgeSeconds)
);
