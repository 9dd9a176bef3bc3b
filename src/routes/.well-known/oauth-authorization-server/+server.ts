import { endpoint } from '#lib/server/http/endpoint.ts';
import { documentResponse } from '#lib/server/http/public-document.ts';
import { publishMetadata } from '#lib/server/tokens/server-metadata.ts';

const maxAgeSeconds = 60 * 60;

export const GET = endpoint(async ({ request, locals }) => {
	const { origin, clients } = locals.services.config;
	const metadata = publishMetadata(origin, { hasClients: clients.length > 0 });
	return documentResponse(request, metadata, maxAgeSeconds);
});
