import { endpoint } from '#lib/server/http/endpoint.ts';
import { answerDocument } from '#lib/server/http/public-document.ts';
import { publishMetadata } from '#lib/server/tokens/publish.ts';

const maxAgeSeconds = 60 * 60;

export const GET = endpoint(async ({ request, locals }) => {
	const { origin, clients } = locals.services.config;
	const metadata = publishMetadata(origin, { hasClients: clients.length > 0 });
	const { body, ...init } = answerDocument(metadata, request.headers.get('if-none-match'), maxAgeSeconds);
	return new Response(body, init);
});
