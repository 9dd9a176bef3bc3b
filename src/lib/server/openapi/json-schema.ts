import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { liveness, readiness, unreadiness } from '../http/health.ts';
import { oauthError, problem } from '../http/problem.ts';
import { introspection } from '../tokens/introspect.ts';
import { keySet } from '../keys/key-set.ts';
import { serverMetadata } from '../tokens/server-metadata.ts';
import { tokenResponse } from '../tokens/token-response.ts';
import { describedUser } from '../users/user.ts';

/** Schemas that the document defines once and refers to by name. */
const definitions = {
	User: describedUser,
	TokenResponse: tokenResponse,
	Introspection: introspection,
	KeySet: keySet,
	ServerMetadata: serverMetadata,
	Problem: problem,
	OAuthError: oauthError,
	Liveness: liveness,
	Readiness: readiness,
	Unreadiness: unreadiness
};

const config = {
	// OpenAPI 3.1 uses the keywords of draft 2020-12. The default target differs for tuples only; this one adds `$schema`.
	target: 'draft-2020-12',
	// JSON Schema cannot express actions that change a value before it is checked.
	ignoreActions: ['trim', 'normalize', 'transform'],
	overrideAction({ valibotAction, jsonSchema }) {
		if (valibotAction.type !== 'check') return undefined;
		return 'keywords' in valibotAction
			? { ...jsonSchema, ...(valibotAction.keywords as object) }
			: jsonSchema;
	}
} satisfies ConversionConfig;

/** Describes a schema in JSON Schema. A schema with a name becomes a reference to it. */
export function describeSchema(schema: GenericSchema): JsonSchema {
	const known = Object.entries(definitions).find(([, definition]) => definition === schema);
	return known ? { $ref: `#/components/schemas/${known[0]}` } : describeWhole(schema);
}

export function describeDefinitions(): Record<string, JsonSchema> {
	return Object.fromEntries(
		Object.entries(definitions).map(([name, schema]) => [name, describeWhole(schema)])
	);
}

/** Describes a schema in JSON Schema, even if it has a name. */
export function describeWhole(schema: GenericSchema): JsonSchema {
	const converted = toJsonSchema(schema, config);
	// The document states this once for all schemas.
	delete converted.$schema;
	return converted;
}
