import * as v from 'valibot';
import { accept, type FieldError, type FieldErrorCode, type Outcome, refuse } from './outcome.ts';

/** The members of a request's body, by name. */
export type Fields = Record<string, unknown>;

type Schemas = Record<string, v.GenericSchema<unknown, string>>;

/**
 * Parses every named field and reports all wrong ones at once. A missing field is `required`; fields without a schema
 * are left out of the value.
 *
 * @param limits the figure that the sentence of `too_long` or `too_short` needs, by field
 */
export function parseFields<S extends Schemas>(
	schemas: S,
	fields: Fields,
	limits: { [Field in keyof S]?: { min?: number; max?: number } }
): Outcome<{ [Field in keyof S]: string }> {
	const values: Record<string, string> = {};
	const errors: FieldError[] = [];
	for (const [field, schema] of Object.entries(schemas)) {
		const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
		const parsed = v.safeParse(schema, value ?? '', { abortPipeEarly: true });
		if (parsed.success) {
			values[field] = parsed.output;
			continue;
		}
		const code = parsed.issues[0].message as FieldErrorCode;
		const limit =
			code === 'too_short' ? limits[field]?.min : code === 'too_long' ? limits[field]?.max : undefined;
		errors.push({ field, code, ...(limit === undefined ? {} : { limit }) });
	}
	if (errors.length > 0) return refuse('invalid_fields', errors);
	return accept(values as { [Field in keyof S]: string });
}
