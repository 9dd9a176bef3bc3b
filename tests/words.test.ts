import { describe, expect, test } from 'vitest';
import { listFiles, readText } from './support/architecture/source-files.ts';
import { bannedWords } from './support/words/banned-words.ts';
import { findBannedWords } from './support/words/find-banned-words.ts';

/** All that people read: code with its comments, English messages, documents, settings. */
const files = listFiles(
	'{src,scripts,migrations,tests,verify}/**/*.{ts,js,mjs,svelte,css,html,c,h,txt,md,sql,go,java,php,py}',
	'messages/en.json',
	'docs/**/*.md',
	'docs/{*.service,proxies/*}',
	'scripts/{backup,restore,init-env}',
	'*.{md,ts,js,json,yaml}',
	'{.env.example,.ci/run,Dockerfile}'
).filter(
	(path) =>
		!/^(package-lock\.json|src\/lib\/paraglide\/|tests\/upgrades\/|tests\/words\.|tests\/support\/words\/)/.test(
			path
		) && !path.endsWith('.de.txt')
);

test('no file has a banned word', () => {
	expect(files.length).toBeGreaterThan(500);
	expect(files.flatMap((path) => findBannedWords(path, readText(path)))).toEqual([]);
});

const code = 'src/lib/server/email/outbox.ts';

/** The word as it is found, the file, and a text. */
const samples = [
	['letter', code, '// Sends a letter.'],
	['Letter', code, 'const queuedLetter = 1;'],
	['letter', code, `event('letter_waits')`],
	['LETTERS', code, 'const LETTERS = [];'],
	['letters', 'tests/support/letters.ts', ''],
	['e-mail', code, '// An e-mail.'],
	['E-mail', 'messages/en.json', '"a": "E-mail address"'],
	['Postman', code, 'startPostman();'],
	['nudges', code, '// It nudges the worker.'],
	['given up', code, '// An email that was given up.'],
	['Turnstile', code, 'new Turnstile()'],
	['lane', code, '// Each has a lane.'],
	['patience', code, 'const patience = 1;'],
	['so many', code, '// At most so many in an hour.'],
	['so long', code, '// Kept so long.'],
	['log-in', code, '// After a log-in.'],
	['log-out', code, '// After a log-out.'],
	['admission', 'src/lib/server/users/admission.ts', ''],
	['admits', code, '// The service admits the user.'],
	['in a hurry', code, '// A rotation in a hurry.'],
	['outlived', code, '// A row that outlived its time.'],
	['afterlife', code, '// Its afterlife is a day.'],
	['goes on', code, '// A session that goes on.'],
	['tells Verification', code, 'if (tellsVerification) f();'],
	['feed', code, '// The feed of ended sessions.'],
	['take-at-least', 'src/lib/server/users/take-at-least.ts', ''],
	['take At Least', code, 'takeAtLeast(300);'],
	['no-tell', 'tests/timing/no-tell.test.ts', ''],
	['untelling', code, '// An untelling answer.'],
	['faces', 'src/lib/server/http/faces.ts', ''],
	['asker', code, '// This is the asker.'],
	['surroundings', code, '// What the surroundings are.'],
	['privately(', code, 'return privately(answer);'],
	['nothing()', code, 'return nothing();'],
	['fault', 'messages/en.json', '"title": "A fault"'],
	['refusals', 'README.md', 'All refusals are listed.'],
	['good', code, '// The token is good.'],
	['mend', code, '// How to mend it.'],
	['spelt out', code, '// As it is spelt out.'],
	['of before', code, '// The key of before.'],
	['Somebody', code, '// Somebody asks.'],
	['nobody', code, '// It is sent to nobody.'],
	['everybody', code, '// It is sent to everybody.'],
	['Whoever', code, '// Whoever asks.'],
	['at once', code, '// Ends at once.'],
	['at * once', code, '/**\n * Ends at\n * once.\n */'],
	['at // once', code, '\t// Ends at\n\t// once.'],
	['at once', 'docs/security.md', 'It ends at\nonce.'],
	['client_gone', code, `log.info({ client_gone: true });`],
	['mail.given_up', 'docs/security.md', '`email.sent`, `mail.given_up`']
] as const;

describe('a banned word is found', () => {
	test.for(samples)('%s in %s: %s', ([word, path, text]) => {
		expect(findBannedWords(path, text)).toContainEqual(expect.stringContaining(`"${word}" → `));
	});

	test.for(bannedWords)('and $pattern has a sample', ({ use }) => {
		const remedies = samples.flatMap(([, path, text]) => findBannedWords(path, text));
		expect(remedies).toContainEqual(expect.stringContaining(`→ ${use}`));
	});

	test('and named with its line and a remedy', () => {
		expect(findBannedWords(code, '// One.\n// Two letters.\n')).toEqual([
			`${code}:2: "letters" → email, queued email`
		]);
	});
});

describe('a right word is not', () => {
	test.for([
		['src/app.css', 'letter-spacing: 1px; @font-face {}'],
		[code, '// Letters and digits. The planes of Unicode. A newsletter. A default. The interface.'],
		[code, `import { logIn } from '../authentication/log-in.ts';`],
		['tests/api/log-in-limits.test.ts', ''],
		['tests/pages/languages.spec.ts', `expect(label).toBe('E-Mail-Adresse');`],
		[code, '// An amendment recommends feedback; a refusal is a value, and nothing (else) goes one way.'],
		[code, 'for (const kid of before) f(kid);'],
		['src/lib/server/crypto/phc.ts', 'const lanes = 1;'],
		['messages/en.json', '"refusal_invalid_title": "An error"'],
		['CHANGELOG.md', '| event | `letter.limited` | `email.limited` |'],
		['docs/api.md', 'The token is valid as long as its session.']
	])('%s: %s', ([path = '', text = '']) => {
		expect(findBannedWords(path, text)).toEqual([]);
	});
});
