import * as v from 'valibot';
import { accept, type FieldError, type FieldErrorCode, type Outcome, refuse } from './outcome.ts';

/** The members of a request's body, by name. */
export type Fields = Record<string, unknown>;

type Schemas = Record<string, v.GenericSchema<unknown, string>>;

type Values<S extends Schemas> = { [Field in keyof S]: string };

const keywordOf: Partial<Record<FieldErrorCode, string>> = { too_short: 'minLength', too_long: 'maxLength' };

/**
 * Parses every named field and reports all errors together. A missing field is `required`. Fields without a schema are
 * left out of the value.
 *
 * @param findErrors checks rules across several fields; gets the values that are valid individually
 */
export function parseFields<S extends Schemas>(
	schemas: S,
	fields: Fields,
	findErrors: (values: Partial<Values<S>>) => FieldError[] = () => []
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
		const limit = findLimit(schema, keywordOf[code]);
		errors.push({ field, code, ...(limit === undefined ? {} : { limit }) });
	}
	errors.push(...findErrors(values as Partial<Values<S>>));
	if (errors.length > 0) return refuse('invalid_fields', { errors });
	return accept(values as Values<S>);
}

/** The limit of a length check. `credentials.ts` attaches it to the check as a JSON Schema keyword. */
function findLimit(schema: object, keyword: string | undefined): number | undefined {
	if (keyword === undefined) return undefined;
	if ('keywords' in schema) return (schema.keywords as Record<string, number>)[keyword];
	const pipe = 'pipe' in schema ? (schema.pipe as object[]) : [];
	return pipe
		.filter((item) => item !== schema)
		.map((item) => findLimit(item, keyword))
		.find((limit) => limit !== undefined);
}
