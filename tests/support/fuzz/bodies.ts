import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { anyText } from './properties.ts';
import type { NewUser } from '../people/users.ts';

export interface FuzzBody {
	type: string | undefined;
	/** Each character one byte. */
	bytes: string;
	encoding?: string;
}

const form = 'application/x-www-form-urlencoded';
const utf8 = (text: string) => Buffer.from(text).toString('latin1');
const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);

/** Text as JSON, an escape or a form may bring it. */
const oddText = fc.oneof(
	anyText(30),
	fc.constantFrom(
		'',
		' ',
		'\0',
		'\ud800',
		'__proto__',
		'../../etc/passwd',
		"' or 1=1 --",
		'${7*7}',
		'<script>'
	),
	fc.constantFrom(
		'é',
		'İ',
		'\u202e',
		'%00',
		'%0d%0aX-Injected: 1',
		'\r\nX-Injected: 1',
		'{{x}}',
		'a@b.c',
		'user'
	),
	fc.constantFrom(1, 255, 257, 5000, 15_000).map((length) => 'x'.repeat(length)),
	fc.constantFrom(100, 4000).map((length) => '🦄'.repeat(length))
);

/** JSON values as text, since some of them no value of ours would be written as. */
const oddJson = fc.oneof(
	{ weight: 4, arbitrary: oddText.map((text) => JSON.stringify(text)) },
	fc.json({ maxDepth: 3 }),
	fc.constantFrom('null', 'true', '0', '-0', '1e999', '-1e-999', '1'.repeat(400), '[]', '{}', '"\\ud800"'),
	fc.constantFrom('"\\u0000"', '{"__proto__":{"role":"admin"}}', '{"toString":1}', '{"length":1e9}', 'NaN'),
	fc.constantFrom(deep('[', ']', 5000), deep('{"a":', '}', 1), deep('[', '', 7000), '[[[[[]]]]]')
);

const fieldNames = ['email', 'username', 'password', 'first_name', 'last_name', 'role', 'grant_type'];
const oddNames = [
	'__proto__',
	'constructor',
	'toString',
	'hasOwnProperty',
	'',
	'email\0',
	'EMAIL',
	'scope',
	'id'
];

/** The fields of a valid request, some left out, some exchanged, some more. */
function fieldsOf<Value>(user: NewUser, odd: fc.Arbitrary<Value>, valid: (text: string) => Value) {
	const values: Record<string, string> = {
		...user,
		username: user.email,
		role: 'user',
		grant_type: 'password'
	};
	const ownField = fc
		.constantFrom(...fieldNames)
		.chain((name) =>
			fc
				.oneof({ weight: 5, arbitrary: fc.constant(valid(values[name] ?? '')) }, odd)
				.map((value) => ({ name, value }))
		);
	const otherField = fc.record({ name: fc.oneof(fc.constantFrom(...oddNames), oddText), value: odd });
	return fc.array(fc.oneof({ weight: 6, arbitrary: ownField }, otherField), { maxLength: 9 });
}

/** A body that breaks somewhere: cut off, with a byte exchanged, with bytes before or behind. */
const spoil = (text: fc.Arbitrary<string>) =>
	fc.oneof(
		{ weight: 5, arbitrary: text },
		fc.tuple(text, fc.nat(400)).map(([bytes, at]) => bytes.slice(0, at)),
		fc
			.tuple(text, fc.nat(400), fc.nat(255))
			.map(([bytes, at, byte]) => bytes.slice(0, at) + String.fromCharCode(byte) + bytes.slice(at + 1)),
		fc
			.tuple(fc.constantFrom('\xef\xbb\xbf', '\xff\xfe', '\0', ' ', '\n'), text)
			.map((parts) => parts.join('')),
		fc
			.tuple(text, fc.constantFrom('\0', '{}', '&', '\xff', ' '.repeat(20_000)))
			.map((parts) => parts.join(''))
	);

const types = [
	...[
		'application/json',
		'application/json;charset=utf-16',
		'APPLICATION/JSON',
		'application/json, text/html'
	],
	...[
		form,
		`${form}; charset=latin1`,
		'text/plain',
		'multipart/form-data',
		'multipart/form-data; boundary=x'
	],
	...['', ';', '/', 'application/x-sveltekit-formdata', 'text/html', '\xff\xfe', 'a/b;'.repeat(500)]
];

/** A body for any endpoint, mostly one that gets past the first look. */
export function anyBody(user: NewUser): fc.Arbitrary<FuzzBody | undefined> {
	const json = fieldsOf(user, oddJson, (text) => JSON.stringify(text)).map((fields) =>
		utf8(`{${fields.map(({ name, value }) => `${JSON.stringify(name)}:${value}`).join()}}`)
	);
	const pairs = fieldsOf(user, oddText, (text) => text).map((fields) =>
		utf8(new URLSearchParams(fields.map(({ name, value }): [string, string] => [name, value])).toString())
	);
	const multipart = oddText.map((text) =>
		utf8(`--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n${text}\r\n--x--\r\n`)
	);
	const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
	const of = (type: string, bytes: fc.Arbitrary<string>) => bytes.map((each) => ({ type, bytes: each }));
	const zipped = (bytes: string) => gzipSync(Buffer.from(bytes, 'latin1')).toString('latin1');
	return fc.oneof(
		{ weight: 2, arbitrary: fc.constant(undefined) },
		{ weight: 6, arbitrary: of('application/json', spoil(json)) },
		{ weight: 6, arbitrary: of(form, spoil(pairs)) },
		of('multipart/form-data; boundary=x', spoil(multipart)),
		fc.record({ type: fc.constantFrom(...types), bytes: fc.oneof(json, pairs, multipart, anyBytes) }),
		fc.record({ type: fc.constant(undefined), bytes: anyBytes }),
		fc.record({
			type: fc.constantFrom('application/json', form),
			encoding: fc.constantFrom('gzip', 'br', 'x'),
			bytes: fc.oneof(json.map(zipped), pairs)
		}),
		of(
			'application/json',
			fc.constantFrom(16_383, 16_384, 16_385, 200_000).map((length) => ' '.repeat(length))
		)
	);
}
