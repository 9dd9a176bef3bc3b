import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Answer } from './http.ts';

interface MediaType {
	schema: Schema;
	example?: object;
}

interface DescribedResponse {
	$ref?: string;
	headers?: Record<string, unknown>;
	content?: Record<string, MediaType>;
}

export interface DescribedOperation {
	security: object[];
	requestBody?: { content: Record<string, MediaType> };
	responses: Record<string, DescribedResponse>;
}

export type Schema = Record<string, unknown>;

export interface ApiDocument {
	paths: Record<string, Record<string, DescribedOperation>>;
	components: { responses: Record<string, DescribedResponse> };
}

/** What every answer may have beside what is described: for HTTP itself, and for browsers that show it. */
const transportHeaders =
	/^(date|connection|keep-alive|transfer-encoding|content-(type|length|security-policy)|cross-origin-resource-policy|x-content-type-options)$/;

/** Holds answers against the description of the API, strictly: what is not in it is wrong. */
export class Contract {
	/** `GET /me` and the like. */
	readonly operations = new Map<string, DescribedOperation>();
	/** What was answered so far: `GET /me 401 invalid_token`, `GET /me 200`. */
	readonly seen = new Set<string>();
	readonly #ajv: Ajv2020;
	/** For headers, whose numbers are text. */
	readonly #headerAjv: Ajv2020;
	readonly #document: ApiDocument;

	constructor(document: ApiDocument) {
		this.#document = document;
		for (const [path, methods] of Object.entries(document.paths)) {
			for (const [method, operation] of Object.entries(methods)) {
				this.operations.set(`${method.toUpperCase()} ${path}`, operation);
			}
		}
		this.#ajv = createValidator(document, false);
		this.#headerAjv = createValidator(document, true);
	}

	/** All that is wrong with an answer, a sentence each. */
	findBreaches(operation: string, answer: Answer): string[] {
		const at = pointer('paths', ...splitKey(operation), 'responses', String(answer.status));
		return this.#judge(`${operation} ${answer.status}`, at, answer);
	}

	/** The same for what asks for no operation, by the name of the response among the components. */
	findBreachesOf(response: string, answer: Answer): string[] {
		return this.#judge(response, pointer('components', 'responses', response), answer);
	}

	/** All that is wrong with what is sent as the body of a request. */
	findFaults(operation: string, type: string, body: unknown): string[] {
		const at = pointer('paths', ...splitKey(operation), 'requestBody', 'content', type, 'schema');
		return [...this.#validate(at, body, `${operation} as ${type}:`)];
	}

	/** Every answer that is described: status and code. */
	listDescribed(): string[] {
		return [...this.operations].flatMap(([operation, { responses }]) =>
			Object.entries(responses).flatMap(([status, response]) => {
				const codes = codesOf(this.#resolve(response));
				return codes.length > 0
					? codes.map((code) => `${operation} ${status} ${code}`)
					: [`${operation} ${status}`];
			})
		);
	}

	/** What is described and was not seen in an answer yet. */
	listUnseen(): string[] {
		return this.listDescribed().filter((line) => !this.seen.has(line));
	}

	#judge(name: string, at: string, answer: Answer): string[] {
		let response: DescribedResponse | undefined = find(this.#document, at);
		if (!response) return [`${name} is not described: ${answer.text}`];
		if (response.$ref) at = response.$ref;
		response = this.#resolve(response);
		const code = typeof answer.json.code === 'string' ? ` ${answer.json.code}` : '';
		this.seen.add(name + code);
		return [...this.#judgeHeaders(response, answer), ...this.#judgeBody(response, at, answer)].map(
			(breach) => `${name}${code}: ${breach}`
		);
	}

	*#judgeHeaders({ headers = {} }: DescribedResponse, answer: Answer): Generator<string> {
		const described = new Map(Object.entries(headers).map(([name, header]) => [name.toLowerCase(), header]));
		for (const [name, header] of described) {
			const at = `${(header as { $ref: string }).$ref}/schema`;
			if (answer.headers[name] === undefined) yield `the header ${name} is missing`;
			else yield* this.#validate(at, answer.headers[name], `the header ${name}`, this.#headerAjv);
		}
		for (const name of Object.keys(answer.headers)) {
			if (!described.has(name) && !transportHeaders.test(name)) yield `the header ${name} is not described`;
		}
	}

	*#judgeBody({ content = {} }: DescribedResponse, at: string, answer: Answer): Generator<string> {
		const type = answer.headers['content-type'];
		if (Object.keys(content).length === 0) {
			if (answer.text !== '') yield `there is a body: ${answer.text}`;
			return;
		}
		if (!type || !content[type]) return yield `the type ${type} is not described`;
		yield* this.#validate(`${at}${pointer('content', type, 'schema').slice(1)}`, answer.json, 'the body');
	}

	*#validate(at: string, value: unknown, what: string, ajv = this.#ajv): Generator<string> {
		// In a member, where ajv can write what it has read from text.
		const validate = ajv.compile({ properties: { value: { $ref: `api${at}` } } });
		if (!validate({ value })) {
			for (const { instancePath, message, params } of validate.errors ?? []) {
				yield `${what}${instancePath.slice('/value'.length)} ${message} ${JSON.stringify(params)}`;
			}
		}
	}

	#resolve(response: DescribedResponse): DescribedResponse {
		return response.$ref ? (find(this.#document, response.$ref) ?? {}) : response;
	}
}

function createValidator(document: ApiDocument, coerceTypes: boolean): Ajv2020 {
	const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes });
	formats.default(ajv);
	ajv.addFormat('idn-email', /^[^@\s]+@[^@\s]+$/u);
	ajv.addSchema(close(document) as Schema, 'api');
	return ajv;
}

/** The same document with no member allowed in an object but those that are named. */
function close(node: unknown): unknown {
	if (Array.isArray(node)) return node.map(close);
	if (typeof node !== 'object' || node === null) return node;
	const closed = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, close(value)]));
	const isOpen = closed.type === 'object' && closed.properties && !('additionalProperties' in closed);
	return isOpen ? { ...closed, additionalProperties: false } : closed;
}

function codesOf({ content = {} }: DescribedResponse): string[] {
	return Object.values(content).flatMap(({ schema }) => {
		const [, codes] = (schema.allOf ?? []) as { properties?: { code?: { enum: string[] } } }[];
		return codes?.properties?.code?.enum ?? [];
	});
}

function splitKey(operation: string): [string, string] {
	const [method = '', path = ''] = operation.split(' ');
	return [path, method.toLowerCase()];
}

/** A JSON pointer as the fragment of an address (RFC 6901 §6). */
function pointer(...keys: string[]): string {
	return `#/${keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
}

function find(document: unknown, at: string): DescribedResponse | undefined {
	const keys = at
		.slice(2)
		.split('/')
		.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
	return keys.reduce<unknown>((node, key) => (node as Schema | undefined)?.[key], document) as
		DescribedResponse | undefined;
}
