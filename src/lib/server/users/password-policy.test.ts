import { describe, expect, test } from 'vitest';
import { findPasswordFault } from './password-policy.ts';

const ada = { email: 'ada.lovelace@example.org', first_name: 'Augusta Ada', last_name: 'Lovelace-King' };

describe('a new password', () => {
	test.for([
		['password', 'common'],
		['12345678', 'common'],
		['PassWord', 'common'],
		['ada.lovelace@example.org', 'personal'],
		['Ada.Lovelace@Example.org', 'personal'],
		['ada.lovelace', 'personal'],
		['augusta ada', 'personal'],
		['LOVELACE-KING', 'personal'],
		['Augusta AdaLovelace-King', 'personal'],
		['Augusta Ada Lovelace-King', 'personal']
	])('%s is refused as %s', ([password = '', fault]) => {
		expect(findPasswordFault(password, ada)).toBe(fault);
	});

	test.for([['correct horse battery'], ['        '], ['Lovelace-King 1815'], ['パスワードです']])(
		'%s is let through',
		([password = '']) => {
			expect(findPasswordFault(password, ada)).toBeUndefined();
		}
	);
});
