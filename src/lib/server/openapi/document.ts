import { cookieName } from '../http/session-cookie.ts';
import { describeGeneralResponses, describeProblemExamples, describeResponses } from './answers.ts';
import { headers } from '../http/described-headers.ts';
import type { DescribedOperation } from './described-operation.ts';
import { describeDefinitions, describeSchema } from './json-schema.ts';
import type { Operation, Settings } from '../http/operation.ts';
import { operations } from './operations.ts';
import { openapiVersion } from './examples.ts';

/** CommonMark, in short paragraphs. */
export const introduction = `Requests and responses are JSON in UTF-8. Members are in snake_case. Times are in UTC as in RFC 3339, with milliseconds. Ignore unknown members, because later versions may add more.

An error is a problem document (RFC 9457) with a stable \`code\`. Its \`type\` is the URL of a page that explains the error. With status 400, 404, 405 or 500, a client whose \`Accept\` header names \`text/html\` may get a page instead. A URL that supports GET also supports HEAD.`;

/** The API as an OpenAPI document. */
export function describeApi(settings: Settings) {
	const { origin, appName, version } = settings;
	return {
		openapi: openapiVersion,
		info: { title: appName, version, description: introduction },
		servers: [{ url: origin }],
		paths: describePaths(settings),
		components: {
			schemas: describeDefinitions(),
			headers: Object.fromEntries(
				Object.entries(headers).map(([key, { description, schema }]) => [
					key,
					{ description, required: true, schema }
				])
			),
			examples: describeProblemExamples(),
			responses: describeGeneralResponses(),
			securitySchemes: {
				accessToken: {
					type: 'http',
					scheme: 'bearer',
					bearerFormat: 'JWT',
					description: 'An access token from `POST /token`.'
				},
				client: {
					type: 'http',
					scheme: 'basic',
					description:
						'The ID and the secret of a client that is listed in the setting `CLIENTS`, both form-encoded (RFC 6749, section 2.3.1). The form may carry them as `client_id` and `client_secret` instead.'
				},
				session: {
					type: 'apiKey',
					in: 'cookie',
					name: cookieName('session', new URL(origin)),
					description: 'The session of a browser that has logged in on the pages.'
				}
			}
		}
	};
}

function describePaths(settings: Settings): Record<string, Record<string, DescribedOperation>> {
	const paths: Record<string, Record<string, DescribedOperation>> = {};
	for (const [key, operation] of Object.entries(operations)) {
		const [method = '', path = ''] = key.split(' ');
		paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(path, operation, settings) };
	}
	return paths;
}

function describeOperation(path: string, operation: Operation, settings: Settings): DescribedOperation {
	const { id, summary, description, security = [], bodies, bodyIsOptional = false } = operation;
	const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
		name,
		in: 'path' as const,
		required: true as const,
		schema: { type: 'string' as const }
	}));
	const content = Object.entries(bodies?.(settings) ?? {}).map(([type, { schema, example }]) => [
		type,
		{ schema: describeSchema(schema), example }
	]);
	return {
		operationId: id,
		summary,
		description,
		security: security.map((scheme) => (scheme === 'none' ? {} : { [scheme]: [] })),
		...(parameters.length > 0 ? { parameters } : {}),
		...(content.length > 0
			? { requestBody: { required: !bodyIsOptional, content: Object.fromEntries(content) } }
			: {}),
		responses: describeResponses(operation)
	};
}
