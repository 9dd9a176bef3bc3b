import * as v from 'valibot';
import { type Operation, publicHeaders, unchanged } from '../operation.ts';

export const openapiVersion = '3.1.0';

export const description = {
	id: 'openapi',
	summary: 'Get this description',
	description:
		'The API as an OpenAPI document, generated from the schemas and the table of errors that the service itself uses. `/docs` shows the same as a page.',
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
