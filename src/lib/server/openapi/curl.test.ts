import { execFileSync } from 'node:child_process';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { curlOf } from './curl.ts';

/** What a shell hands to the program, an argument a line. */
function argumentsOf(command: string): string[] {
	const print = command.replace(/^curl /, "printf '%s\\n' ");
	const text = execFileSync(
		'sh',
		['-c', `ACCESS_TOKEN=a.b.c CLIENT_ID=reports CLIENT_SECRET='x y'\n${print}`],
		{ encoding: 'utf8' }
	);
	return text.trimEnd().split('\n');
}

const origin = 'https://id.example.org';
const schema = v.object({});
const example = { name: "O'Neill & $HOME", text: 'a "b" \\ `c`' };

test('a shell passes on what is in the body, in either type', () => {
	const bodies = ['application/json', 'application/x-www-form-urlencoded'].map(
		(type): [string, { schema: typeof schema; example: typeof example }] => [type, { schema, example }]
	);
	const [json = '', form = ''] = curlOf('POST /register', { origin, security: 'none', bodies });
	expect(argumentsOf(json)).toEqual([
		'https://id.example.org/register',
		'-H',
		'Content-Type: application/json',
		'-d',
		JSON.stringify(example)
	]);
	expect(argumentsOf(form)).toEqual([
		'https://id.example.org/register',
		'--data-urlencode',
		`name=${example.name}`,
		'--data-urlencode',
		`text=${example.text}`
	]);
});

test('a token comes from the shell', () => {
	const [command = ''] = curlOf('GET /me', { origin, security: 'accessToken', bodies: [] });
	expect(argumentsOf(command)).toEqual(['https://id.example.org/me', '-H', 'Authorization: Bearer a.b.c']);
});

test('so do the credentials of a client', () => {
	const bodies: [string, { schema: typeof schema; example: object }][] = [
		['application/x-www-form-urlencoded', { schema, example: { token: 'a' } }]
	];
	const [command = ''] = curlOf('POST /introspect', { origin, security: 'client', bodies });
	expect(argumentsOf(command)).toEqual([
		'https://id.example.org/introspect',
		'-u',
		'reports:x y',
		'--data-urlencode',
		'token=a'
	]);
});
