import { describe, expect, test } from 'vitest';
import { readBearerToken } from './bearer.ts';

describe('an Authorization header (RFC 6750 §2.1)', () => {
	test.for([
		[null, { ok: true, value: undefined }],
		['Bearer a.b-c_d~e+f/g==', { ok: true, value: 'a.b-c_d~e+f/g==' }],
		['bearer abc', { ok: true, value: 'abc' }],
		['BEARER   abc', { ok: true, value: 'abc' }],
		[' Bearer abc ', { ok: true, value: 'abc' }]
	] as const)('%j is read', ([header, read]) => {
		expect(readBearerToken(header)).toEqual(read);
	});

	test.for([
		['Bearer'],
		['Bearer '],
		['Bearer a b'],
		['Bearer a,b'],
		['Bearer "abc"'],
		['Bearer a=b'],
		['Bearer é']
	])('%j is an invalid token', ([header = '']) => {
		expect(readBearerToken(header)).toMatchObject({ ok: false, reason: 'invalid_token' });
	});

	test.for([[''], ['Basic YWRhOmFkYQ=='], ['Bearerabc'], ['Token abc'], ['abc'], ['Bearer:abc']])(
		'%j is no bearer token, and is not passed over',
		([header = '']) => {
			expect(readBearerToken(header)).toMatchObject({ ok: false, reason: 'authentication_required' });
		}
	);
});
