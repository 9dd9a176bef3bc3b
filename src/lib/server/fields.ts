import * as v from 'valibot';
import { accept, type FieldError, type FieldErrorCode, type Outcome, refuse } from './outcome.ts';

/** The members of a request's body, by name. */
export type Fields = Record<string, unknown>;

type Schemas = Record<string, v.GenericSchema<unknown, string>>;

type Values<S extends Schemas> = { [Field in keyof S]: string };

interface Rules<S extends Schemas> {
	/** The figure that the sentence of `too_long` or `too_short` needs, by field. */
	limits: { [Field in keyof S]?: { min?: number; max?: number } };
	/** Rules over several fields; gets those that are good by themselves. */
	findFaults?: (values: Partial<Values<S>>) => FieldError[];
}

/**
 * Parses every named field and reports all wrong ones at once. A missing field is `required`; fields without a schema
 * are left out of the value.
 */
export function parseFields<S extends Schemas>(
	schemas: S,
	fields: Fields,
	{ limits, findFaults }: Rules<S>
): Outcome<Values<S>, 'invalid_fields'> {
	const values: Partial<Record<string, string>> = {};
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
	errors.push(...(findFaults?.(values as Partial<Values<S>>) ?? []));
	if (errors.length > 0) return refuse('invalid_fields', errors);
	return accept(values as Values<S>);
}
