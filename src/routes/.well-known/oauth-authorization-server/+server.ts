import { hourMs } from '#lib/server/durations.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import { documentResponse } from '#lib/server/http/public-document.ts';
import { publishMetadata } from '#lib/server/tokens/server-metadata.ts';
import * as operation from './operation.ts';

const maxAgeSeconds = hourMs / 1000;

export const GET = endpoint(operation.GET, async ({ event, services: { config } }) => {
	const metadata = publishMetadata(config.origin, { hasClients: config.clients.length > 0 });
	return documentResponse(event.request, metadata, maxAgeSeconds);
});
