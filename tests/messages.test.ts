import { expect, test } from 'vitest';
import { refusals } from '../src/lib/server/refusals.ts';
import { readMessages } from '../scripts/messages.ts';
import { listFiles, readText } from './support/architecture/source-files.ts';

test('every message is used by a page, an email or an error', () => {
	const sources = listFiles('src/**/*.{ts,svelte}').filter(
		(path) => !/^src\/lib\/paraglide\/|\.test\.ts$/.test(path)
	);
	const used = new Set([
		'$schema',
		...sources.flatMap((path) => [...readText(path).matchAll(/\bm\.(\w+)/g)].map(([, key]) => key)),
		// refusals.ts puts these keys together from the reason.
		...Object.keys(refusals).flatMap((reason) =>
			['title', 'detail', 'explanation'].map((part) => `refusal_${reason}_${part}`)
		)
	]);
	expect(Object.keys(readMessages().en ?? {}).filter((key) => !used.has(key))).toEqual([]);
});

test('German texts have „these“ quotation marks, a space before … and no exclamation marks', () => {
	const texts = Object.entries(readMessages().de ?? {});
	expect(texts.filter(([, text]) => /["!]|\S…/.test(String(text)))).toEqual([]);
});
