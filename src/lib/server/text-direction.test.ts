import { expect, test } from 'vitest';
import { languageAttributes } from './text-direction.ts';

test.for([
	['en', 'ltr'],
	['de', 'ltr'],
	['pt-BR', 'ltr'],
	['zh-Hant', 'ltr'],
	['he-IL', 'rtl'],
	['ar', 'rtl'],
	['fa', 'rtl'],
	['ur', 'rtl'],
	['az-Arab', 'rtl'],
	['az', 'ltr']
])('a document in %s is written %s', ([language = '', direction = '']) => {
	expect(languageAttributes(language)).toBe(`lang="${language}" dir="${direction}"`);
});
