import { describe, expect, test } from 'vitest';
import { chooseRequestId } from './request-id.ts';

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('the request id of a trusted proxy', () => {
	test.for([['abcd1234'], ['0195511e-7e40-7000-8000-000000000001'], ['A'.repeat(64)]])(
		'%s is kept',
		([given]) => {
			expect(chooseRequestId(given, true)).toBe(given);
		}
	);

	test.for([
		[undefined],
		[''],
		['short'],
		['A'.repeat(65)],
		['under_score'],
		['two words'],
		['<script>'],
		['abcd1234, efgh5678'],
		['abcd1234\n']
	])('%j is replaced by a new one', ([given]) => {
		expect(chooseRequestId(given, true)).toMatch(uuid);
	});
});

test('the request id of any other peer is replaced by a new one each time', () => {
	expect(chooseRequestId('abcd1234', false)).toMatch(uuid);
	expect(chooseRequestId('abcd1234', false)).not.toBe(chooseRequestId('abcd1234', false));
});
