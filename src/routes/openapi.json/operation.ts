import * as v from 'valibot';
import { publicHeaders, unchanged, type Operation } from '#lib/server/http/operation.ts';
import { openapiVersion } from '#lib/server/openapi/examples.ts';

export const GET = {
	id: 'openapi',
	summary: 'This description',
	description:
		'The API as an OpenAPI document, made of the schemas and the table of refusals that the service itself uses. `/docs` shows the same to people.',
	answers: {
		200: {
			description: 'The document.',
			schema: v.objectWithRest({ openapi: v.literal(openapiVersion) }, v.unknown()),
			headers: publicHeaders
		},
		304: unchanged
	},
	reasons: []
} as const satisfies Operation;
