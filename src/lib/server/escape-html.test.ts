import { expect, test } from 'vitest';
import { escapeHtml } from './escape-html.ts';

test('the five characters that HTML reads are escaped, and nothing else', () => {
	expect(escapeHtml(`<a href="x" title='y'>&amp; Ü</a>`)).toBe(
		'&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp; Ü&lt;/a&gt;'
	);
});
