import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText, mixOf } from '../../../../tests/support/fuzz/properties.ts';
import { formType, jsonType, maxBodyBytes, readFields } from './body.ts';

const malformed = { ok: false, reason: 'malformed_body' };

function read(type: string, body: BodyInit) {
	const request = new Request('http://localhost/', {
		method: 'POST',
		headers: { 'content-type': type },
		body
	});
	return readFields(request, [jsonType, formType]);
}

const isClean = (text: string) => !text.includes('\0') && text.isWellFormed();
const cleanText = anyText(20).filter(isClean);
const pairs = fc.uniqueArray(fc.tuple(cleanText, cleanText), { selector: ([key]) => key, maxLength: 8 });
const jsonObject = fc.dictionary(
	fc.oneof(cleanText, fc.constantFrom('__proto__', 'constructor', 'email')),
	fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 4 }),
	{ maxKeys: 6 }
);

describe('the fields are read as the client sent them', () => {
	test('in a JSON object', () =>
		fc.assert(
			fc.asyncProperty(jsonObject, async (sent) => {
				const text = JSON.stringify(sent);
				const outcome = await read(jsonType, text);
				if (!outcome.ok) throw new Error(outcome.reason);
				expect(JSON.stringify(outcome.value)).toBe(JSON.stringify(JSON.parse(text)));
				expect(Object.getPrototypeOf(outcome.value)).toBe(Object.prototype);
			})
		));

	test('in a form', () =>
		fc.assert(
			fc.asyncProperty(pairs, async (sent) => {
				const outcome = await read(formType, new URLSearchParams(sent).toString());
				expect(outcome).toEqual({ ok: true, value: Object.fromEntries(sent) });
			})
		));
});

describe('malformed content is refused at any place', () => {
	const splice = (text: string, at: number, piece: string) => {
		const characters = [...text];
		return [...characters.slice(0, at), piece, ...characters.slice(at)].join('');
	};
	const malformedText = fc
		.tuple(cleanText, fc.nat(20), fc.constantFrom('\0', '\ud83e', '\udd84', '\udd84\ud83e'))
		.map((parts) => splice(...parts))
		.filter((text) => !isClean(text));

	test('a NUL or half a surrogate pair in JSON, in a name or a value, at any depth', () =>
		fc.assert(
			fc.asyncProperty(malformedText, cleanText, fc.nat(8), async (bad, clean, depth) => {
				let asValue: unknown = bad;
				let asName: unknown = { [bad]: clean };
				for (let level = 0; level < depth; level++) {
					asValue = level % 2 ? [asValue] : { a: asValue };
					asName = level % 2 ? [clean, asName] : { a: asName };
				}
				for (const value of [asValue, asName]) {
					expect(await read(jsonType, JSON.stringify({ clean, value }))).toEqual(malformed);
				}
			})
		));

	test('a NUL or a repeated field in a form', () =>
		fc.assert(
			fc.asyncProperty(pairs, cleanText, cleanText, fc.nat(8), async (others, name, value, at) => {
				const twice = [[name, value], ...others.filter(([key]) => key !== name)];
				twice.splice(at % (twice.length + 1), 0, [name, value]);
				expect(await read(formType, new URLSearchParams(twice).toString())).toEqual(malformed);
				const withNul = new URLSearchParams([...others, [name, `${value}\0`]]).toString();
				expect(await read(formType, withNul)).toEqual(malformed);
			})
		));

	test('bytes that are not UTF-8', () => {
		const notUtf8 = fc.constantFrom([0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80], [0xff], [0xe9]);
		return fc.assert(
			fc.asyncProperty(cleanText, notUtf8, cleanText, async (before, bytes, after) => {
				const [open, close] = [JSON.stringify(`${before}`).slice(0, -1), JSON.stringify(after).slice(1)];
				const inJson = [Buffer.from(`{"a":${open}`), Buffer.from(bytes), Buffer.from(`${close}}`)];
				expect(await read(jsonType, Buffer.concat(inJson))).toEqual(malformed);
				const [first, last] = [before, after].map(encodeURIComponent);
				const inForm = [Buffer.from(`a=${first}`), Buffer.from(bytes), Buffer.from(`${last}`)];
				expect(await read(formType, Buffer.concat(inForm))).toEqual(malformed);
			})
		);
	});
});

describe('reading does not throw', () => {
	const syntax = ['{', '}', '[', ']', '"', ':', ',', '\\u0000', '\\ud800', '\\', 'null', '1e999', '-', 'a'];
	const formSyntax = ['&', '=', '%', '%00', '%zz', '%ff', '%ed%a0%80', '+', 'a', 'é', '__proto__'];
	const reasons = ['malformed_body', 'unsupported_media_type', 'body_too_large'];
	const isAnswer = ({ ok, reason }: { ok: boolean; reason?: string }) => ok || reasons.includes(reason ?? '');

	test('for text that resembles JSON or a form', () =>
		fc.assert(
			fc.asyncProperty(mixOf(syntax, 30), mixOf(formSyntax, 30), async (json, form) => {
				for (const body of [json, `{"a":${json}}`]) expect(isAnswer(await read(jsonType, body))).toBe(true);
				expect(isAnswer(await read(formType, form))).toBe(true);
			})
		));

	test('for any bytes of any type', () => {
		const types = fc.oneof(
			fc.constantFrom(jsonType, formType, `${jsonType};charset=x`, 'multipart/form-data', ';', ',', ''),
			fc.string({ maxLength: 20 })
		);
		return fc.assert(
			fc.asyncProperty(types, fc.uint8Array({ maxLength: 200 }), async (type, bytes) => {
				expect(isAnswer(await read(type, bytes as Uint8Array<ArrayBuffer>))).toBe(true);
			})
		);
	});

	test('for nesting as deep as the limit allows', () => {
		const opening = fc.constantFrom('[', '{"a":', '[[{"":', '"\\u0041');
		return fc.assert(
			fc.asyncProperty(opening, fc.integer({ min: 1, max: maxBodyBytes }), async (text, times) => {
				const body = `{"a":${text.repeat(times)}`.slice(0, maxBodyBytes);
				expect(await read(jsonType, body)).toEqual(malformed);
			}),
			{ numRuns: 50 }
		);
	});
});
