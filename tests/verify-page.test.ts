import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const docs = path.resolve(import.meta.dirname, '../docs');
const page = readFileSync(path.join(docs, 'verify.md'), 'utf8');
const excerpts = [...page.matchAll(/^\*\*(\w+)\*\* \(\[.+?\]\((.+?)\).*\n\n```\w+\n([^]+?)```/gm)].map(
	([, language = '', file = '', code = '']) => ({ language, file, code })
);

test('the page shows five languages', () => {
	expect(excerpts.map(({ language }) => language)).toEqual(['Node', 'Python', 'Go', 'Java', 'PHP']);
});

test.for(excerpts)('what the page shows of $language is in its file', ({ file, code }) => {
	const whole = condense(readFileSync(path.join(docs, file), 'utf8'));
	const missing = code.split('\n').filter((line) => !whole.includes(condense(line.replace(comment, ''))));
	expect(missing).toEqual([]);
});

const comment = /(^|\s)(\/\/|#) .*/;

/** Without spaces, line ends and the name of the object, which the page leaves out. */
function condense(code: string): string {
	return code
		.replaceAll(/\s/g, '')
		.replaceAll(',)', ')')
		.replaceAll(/v\.(?=keys|parser)/g, '')
		.replaceAll('$this->keys', '$keys');
}
