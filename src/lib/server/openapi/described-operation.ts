import type { JsonSchema } from '@valibot/to-json-schema';

export interface MediaType {
	schema: JsonSchema;
	example?: unknown;
	examples?: Record<string, unknown>;
}

export interface Response {
	description: string;
	headers: Record<string, { $ref: string }>;
	content?: Record<string, MediaType>;
}

export interface DescribedOperation {
	operationId: string;
	summary: string;
	description: string;
	security: Record<string, never[]>[];
	parameters?: { name: string; in: 'path'; required: true; schema: JsonSchema }[];
	requestBody?: { required: boolean; content: Record<string, MediaType> };
	responses: Record<string, Response | { $ref: string }>;
}
