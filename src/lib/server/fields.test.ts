import { describe, expect, test, vi } from 'vitest';
import { email, newPassword, personName } from '#lib/credentials.ts';
import { parseFields } from './fields.ts';

const schemas = { email, first_name: personName, password: newPassword(8) };
const good = { email: 'Ada@Example.org', first_name: ' Ada ', password: 'correct horse' };

test('good fields come out parsed, and unknown ones are left out', () => {
	expect(parseFields(schemas, { ...good, is_admin: true })).toEqual({
		ok: true,
		value: { email: 'ada@example.org', first_name: 'Ada', password: 'correct horse' }
	});
});

test('every wrong field is reported at once, in the order of the form, with the limit it missed', () => {
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

test('what a prototype has is not a field', () => {
	const fields = Object.create({ email: 'ada@example.org' }) as Record<string, unknown>;
	expect(parseFields({ email }, fields)).toMatchObject({
		details: { errors: [{ field: 'email', code: 'required' }] }
	});
});

describe('a rule over several fields', () => {
	const findErrors = vi.fn((values: Partial<typeof good>) =>
		values.password === values.first_name ? [{ field: 'password', code: 'personal' } as const] : []
	);

	test('is reported beside the wrong fields, and knows only the good ones', () => {
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

	test('that is kept changes nothing', () => {
		expect(parseFields(schemas, good, findErrors)).toMatchObject({ ok: true });
	});
});
