import { beforeAll, expect, test } from 'vitest';
import { newBearer } from '../support/http/account-requests.ts';
import { asClient, isForm, send, tokenClient } from '../support/http/api-requests.ts';
import { type ApiDocument, Contract } from '../support/http/contract.ts';
import { textOfLength } from '../support/people/field-values.ts';
import { request } from '../support/http/http.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser } from '../support/people/users.ts';

const service = useService({ env: { ...tokenClient, RATE_LIMITS: 'off' } });
let contract: Contract;
beforeAll(async () => {
	const { json } = await request(service.origin, { path: '/openapi.json' });
	contract = new Contract(json as unknown as ApiDocument);
});

test('the examples of bodies are taken as they stand, in each type', async () => {
	for (const [operation, { requestBody, security }] of contract.operations) {
		for (const [type, { example = {} }] of Object.entries(requestBody?.content ?? {})) {
			expect(contract.findFaults(operation, type, example)).toEqual([]);
			const fields = Object.entries(example) as [string, string][];
			const body = isForm(type) ? new URLSearchParams(fields).toString() : JSON.stringify(example);
			const asUser = security.some((scheme) => 'accessToken' in scheme)
				? await newBearer(service.origin)
				: {};
			const credentials = security.some((scheme) => 'client' in scheme) ? asClient : asUser;
			const headers = { 'content-type': type, ...credentials };
			const answer = await send(service.origin, operation, { body, headers });
			expect(contract.findBreaches(operation, answer)).toEqual([]);
			expect(answer.status, `${operation} as ${type}`).toBeLessThan(300);
		}
	}
});

test('the fields of a registration have the limits that are described', async () => {
	const { requestBody } = contract.operations.get('POST /register') ?? {};
	const { properties, required } = requestBody?.content['application/json']?.schema as {
		properties: Record<string, { minLength: number; maxLength: number; format?: string; const?: string }>;
		required: string[];
	};
	expect(Object.keys(properties)).toEqual(expect.arrayContaining(required));
	for (const [field, { minLength, maxLength, format, const: only }] of Object.entries(properties)) {
		if (only !== undefined) continue;
		const post = async (value: unknown, expected: string) => {
			const answer = await send(service.origin, 'POST /register', { json: { ...newUser(), [field]: value } });
			expect(contract.findBreaches('POST /register', answer)).toEqual([]);
			expect([answer.status, answer.json.code].join(' ').trim(), `${field}: ${String(value)}`).toBe(expected);
		};
		await post(textOfLength(maxLength, format), '201');
		await post(textOfLength(maxLength + 1, format), '422 invalid_fields');
		if (!format) await post(textOfLength(minLength, format), '201');
		await post(textOfLength(minLength - 1, format), '422 invalid_fields');
		await post(undefined, required.includes(field) ? '422 invalid_fields' : '201');
		await post(7, '422 invalid_fields');
	}
});
