import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFiles, readText } from './support/architecture/source-files.ts';
import { findBrokenLinks, findMissingPaths, type Project } from './support/documents/references.ts';

const documents = listFiles('docs/**/*.md', 'verify/**/*.md', '*.md');
const project = projectOf(
	listFiles(
		'{docs,messages,migrations,project.inlang,scripts,src,static,tests,verify}/**/*',
		'*.*',
		'{Dockerfile,LICENSE}',
		'.env.example',
		'.ci/run'
	),
	Object.fromEntries(documents.map((file) => [file, readText(file)]))
);

/** A file that a document tells its readers to make, and the end of a URL. */
const meantToBeMissing = ['docs/asvs.md: revoked.json', 'docs/development.md: messages/fr.json'];

test.for(documents)('the links and anchors of %s lead somewhere', (file) => {
	expect(findBrokenLinks(file, project)).toEqual([]);
});

test('each path that a document names exists', () => {
	const missing = documents.flatMap((file) => findMissingPaths(file, project));
	expect(missing.toSorted()).toEqual(meantToBeMissing);
});

describe('in a document of docs/', () => {
	const guide = (text: string) =>
		projectOf(['docs/a.md', 'src/lib/log.ts', 'README.md'], {
			'docs/a.md': text,
			'README.md': '# The `start` of it\n\n## Run it\n\n## Run it\n\n```sh\n# no heading\n```\n'
		});

	test.for([
		['[a](b.md)', 'b.md'],
		['[a](../docs/b.md#c)', '../docs/b.md#c'],
		['[a](#run-it)', '#run-it'],
		['[a](../README.md#no-heading)', '../README.md#no-heading'],
		['[a](../README.md#run-it-2)', '../README.md#run-it-2'],
		['<img src="b.png" alt="" />', 'b.png']
	])('%s is broken', ([text = '', target]) => {
		expect(findBrokenLinks('docs/a.md', guide(text))).toEqual([`docs/a.md: ${target}`]);
	});

	test.for([
		'[a](https://example.org/b.md#c)',
		'[a](../README.md#the-start-of-it)',
		'[a](../README.md#run-it-1)',
		'# Own\n[a](#own)',
		'[a](../src/lib/)',
		'`[a](b.md)`',
		'```md\n[a](b.md)\n```'
	])('%j is not', (text) => {
		expect(findBrokenLinks('docs/a.md', guide(text))).toEqual([]);
	});

	test.for(['`lib/lag.ts`', '`og.ts`', '`src/process/`', '`readme.md`'])('%s is a missing path', (text) => {
		expect(findMissingPaths('docs/a.md', guide(text))).toEqual([`docs/a.md: ${text.slice(1, -1)}`]);
	});

	test.for([
		'`log.ts`',
		'`lib/log.ts`',
		'`src/lib/`',
		'`build/server.js`',
		'`outcome.value`',
		'`/openapi.json`'
	])('%s is not', (text) => {
		expect(findMissingPaths('docs/a.md', guide(text))).toEqual([]);
	});
});

function projectOf(files: string[], texts: Record<string, string>): Project {
	const folders = files.flatMap((file) => foldersOf(path.posix.dirname(file)));
	return { paths: new Set([...files, ...folders]), documents: new Map(Object.entries(texts)) };
}

function foldersOf(folder: string): string[] {
	return folder === '.' ? [] : [folder, ...foldersOf(path.posix.dirname(folder))];
}
