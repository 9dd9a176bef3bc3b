import { publicHeaders, unchanged, type Operation } from '#lib/server/http/operation.ts';
import { origin } from '#lib/server/openapi/examples.ts';
import { describeServer, serverMetadata } from '#lib/server/tokens/server-metadata.ts';

export const GET = {
	id: 'metadata',
	summary: 'Get the authorization server metadata',
	description: 'The endpoints and capabilities of the service, for standard clients (RFC 8414).',
	answers: {
		200: {
			description: 'The metadata.',
			schema: serverMetadata,
			example: describeServer(origin, { hasClients: true }),
			headers: publicHeaders
		},
		304: unchanged
	},
	reasons: []
} as const satisfies Operation;
