import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { findRoute, routeIds } from '../http/route-table.ts';
import { refusals } from '../refusals.ts';
import { describeApi } from './document.ts';
import { operations } from './operations.ts';

const document = describeApi({
	origin: 'https://id.example.org',
	appName: 'Example accounts',
	version: '1.2.3',
	passwordMinLength: 15
});

test('it is valid OpenAPI 3.1', async () => {
	const validator = new Validator();
	expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
	expect(validator.version).toBe('3.1');
});

test('every method of every endpoint is in it, and nothing else', async () => {
	const asked = await Promise.all(
		routeIds.map(async (id) => {
			const { api = [] } = (await findRoute(id)) ?? {};
			const path = id.replaceAll(/\/\([^)]+\)/g, '').replaceAll(/\[([^\]]+)\]/g, '{$1}');
			// HEAD belongs to GET. The language switch is for pages only.
			const methods = api.filter((method) => method !== 'HEAD' && path !== '/language');
			return methods.map((method) => `${method} ${path}`);
		})
	);
	expect(Object.keys(operations).toSorted()).toEqual(asked.flat().toSorted());
});

test('every refusal is in it, except those that only the pages of email links have', () => {
	const text = JSON.stringify(document.paths) + JSON.stringify(document.components.responses);
	const codes = Object.keys(refusals).filter((code) => !code.startsWith('link_'));
	for (const code of codes) expect(text).toContain(`"${code}"`);
});

test('the settings show in it', () => {
	expect(document).toMatchObject({
		info: { title: 'Example accounts', version: '1.2.3' },
		servers: [{ url: 'https://id.example.org' }],
		components: { securitySchemes: { session: { name: '__Host-session' } } }
	});
	expect(document.paths['/register']?.post?.requestBody?.content['application/json']?.schema).toMatchObject({
		properties: { password: { minLength: 15, maxLength: 256 } }
	});
});
