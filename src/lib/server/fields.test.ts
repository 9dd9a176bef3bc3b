import { describe, expect, test, vi } from 'vitest';
import { email, newPassword, personName } from '#lib/credentials.ts';
import { parseFields } from './fields.ts';

const schemas = { email, first_name: personName, password: newPassword(8) };
const valid = { email: 'Ada@Example.org', first_name: ' Ada ', password: 'correct horse' };

test('valid fields are parsed, and unknown fields are dropped', () => {
	expect(parseFields(schemas, { ...valid, is_admin: true })).toEqual({
		ok: true,
		value: { email: 'ada@example.org', first_name: 'Ada', password: 'correct horse' }
	});
});

test('all invalid fields are reported together, in the order of the form, each with its limit', () => {
	const fields = { email: 'ada', first_name: 'x'.repeat(101), password: 'short' };
	expect(parseFields(schemas, fields)).toEqual({
		ok: false,
		reason: 'invalid_fields',
		details: {
			errors: [
				{ field: 'email', code: 'invalid' },
				{ field: 'first_name', code: 'too_long', limit: 100 },
				{ field: 'password', code: 'too_short', limit: 8 }
			]
		}
	});
});

test.for([[{}], [{ email: null }], [{ email: '' }], [{ email: undefined }]])(
	'a field missing from %j is required',
	([fields]) => {
		expect(parseFields({ email }, fields ?? {})).toEqual({
			ok: false,
			reason: 'invalid_fields',
			details: { errors: [{ field: 'email', code: 'required' }] }
		});
	}
);

test('a property of the prototype is not a field', () => {
	const fields = Object.create({ email: 'ada@example.org' }) as Record<string, unknown>;
	expect(parseFields({ email }, fields)).toMatchObject({
		details: { errors: [{ field: 'email', code: 'required' }] }
	});
});

describe('a rule for several fields', () => {
	const findErrors = vi.fn((values: Partial<typeof valid>) =>
		values.password === values.first_name ? [{ field: 'password', code: 'personal' } as const] : []
	);

	test('is reported beside the invalid fields, and receives only the valid ones', () => {
		const fields = { email: 'ada', first_name: 'Ada Lovelace', password: 'Ada Lovelace' };
		expect(parseFields(schemas, fields, findErrors)).toMatchObject({
			details: {
				errors: [
					{ field: 'email', code: 'invalid' },
					{ field: 'password', code: 'personal' }
				]
			}
		});
		expect(findErrors).toHaveBeenCalledWith({ first_name: 'Ada Lovelace', password: 'Ada Lovelace' });
	});

	test('changes nothing if the fields follow it', () => {
		expect(parseFields(schemas, valid, findErrors)).toMatchObject({ ok: true });
	});
});
