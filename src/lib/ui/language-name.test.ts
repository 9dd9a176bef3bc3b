import { expect, test } from 'vitest';
import { languageName } from './language-name.ts';

test.for([
	['en', 'English'],
	['de', 'Deutsch'],
	['fr', 'Français'],
	['pt-BR', 'Português (Brasil)'],
	['he', 'עברית']
])('%s is called %s in itself', ([language = '', name = '']) => {
	expect(languageName(language)).toBe(name);
});
