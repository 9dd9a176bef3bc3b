import { type Reason, refusals } from '../refusals.ts';
import { curlOf } from './curl.ts';
import { headers as described } from '../http/described-headers.ts';
import { describeWhole } from './json-schema.ts';
import { generalReasons, type Operation, type Settings } from '../http/operation.ts';
import { operations } from './operations.ts';

export interface Field {
	name: string;
	description: string | undefined;
	isRequired: boolean;
	/** Names of which any one is required, including this one. */
	alternatives: string[];
	/** The type or format in JSON Schema, such as `string` or `uuid`. */
	type: string | undefined;
	length: { min: number; max: number } | undefined;
	/** The only allowed values. */
	values: string[];
}

export interface RefusalRow {
	status: number;
	code: Reason;
	detail: string;
	isForOauth: boolean;
}

export type ReferenceOperation = ReturnType<typeof describeOne>;

/** Describes the operations for a page, from the same tables as the OpenAPI document. */
export function describeReference(settings: Settings) {
	return {
		operations: Object.entries(operations).map(([key, operation]) => describeOne(key, operation, settings)),
		general: generalReasons.map((reason) => describeRefusal(reason))
	};
}

function describeOne(key: string, operation: Operation, settings: Settings) {
	const { id, summary, description, bodies, answers, reasons, oauthReasons = [] } = operation;
	const [security = 'none'] = operation.security ?? [];
	const sent = Object.entries(bodies?.(settings) ?? {});
	return {
		key,
		id,
		summary,
		description,
		security,
		bodies: sent.map(([type, { schema }]) => ({
			type,
			kinds: describeKinds(describeWhole(schema) as Described)
		})),
		examples: curlOf(key, { origin: settings.origin, security, bodies: sent }),
		answers: Object.entries(answers).map(([status, { description, schema, example, headers }]) => ({
			status: Number(status),
			description,
			fields: schema ? describeFields(describeWhole(schema) as Described) : [],
			example: example && JSON.stringify(example, null, 2),
			headers: headers.map((name) => described[name].name)
		})),
		refusals: [
			...reasons.map((reason) => describeRefusal(reason)),
			...oauthReasons.map((reason) => describeRefusal(reason, true))
		].toSorted((one, other) => one.status - other.status)
	};
}

function describeRefusal(code: Reason, isForOauth = false): RefusalRow {
	return { code, status: refusals[code].status, detail: refusals[code].detail(), isForOauth };
}

interface Described {
	title?: string;
	type?: string;
	format?: string;
	description?: string;
	minLength?: number;
	maxLength?: number;
	const?: unknown;
	enum?: unknown[];
	items?: Described;
	properties?: Record<string, Described>;
	required?: string[];
	anyOf?: Described[];
}

/** Describes the possible bodies, with their titles if they have several purposes. */
function describeKinds(schema: Described): { title: string | undefined; fields: Field[] }[] {
	const kinds = schema.anyOf?.every(({ title }) => title) ? schema.anyOf : [schema];
	return kinds.map((kind) => ({ title: kind.title, fields: describeFields(kind) }));
}

/** The members of an object, of each of several alternative objects, or of the entries of a list. */
function describeFields({ anyOf, items, ...schema }: Described): Field[] {
	const kinds = anyOf ?? [items ?? schema];
	const members = new Map<string, Described>();
	for (const [name, member] of kinds.flatMap(({ properties = {} }) => Object.entries(properties))) {
		const values = new Set([members.get(name)?.const, member.const].filter((value) => value !== undefined));
		members.set(name, values.size === 2 ? { ...member, const: undefined, enum: [...values] } : member);
	}
	const required = kinds.map((kind) => kind.required ?? []);
	const always = [...members.keys()].filter((name) => required.every((names) => names.includes(name)));
	const alternatives = [...new Set(required.flat())].filter((name) => !always.includes(name));
	const others = [...members.keys()].filter((name) => !alternatives.includes(name));
	return [...alternatives, ...others].map((name) => ({
		...describeField(name, members.get(name) ?? {}),
		isRequired: always.includes(name),
		alternatives: alternatives.includes(name) ? alternatives : []
	}));
}

function describeField(name: string, field: Described): Omit<Field, 'isRequired' | 'alternatives'> {
	const { type, format, description, minLength, maxLength, items } = field;
	const values = field.const === undefined ? (field.enum ?? items?.enum ?? []) : [field.const];
	return {
		name,
		description,
		type: format ?? type,
		length:
			minLength !== undefined && maxLength !== undefined ? { min: minLength, max: maxLength } : undefined,
		values: values.map(String)
	};
}
