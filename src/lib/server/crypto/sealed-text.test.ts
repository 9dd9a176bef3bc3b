import { createDecipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { deriveKey } from './derived-key.ts';
import { openText, sealText } from './sealed-text.ts';

const key = deriveKey('a secret', 'tests');
const text = 'kept för later';
const sealed = sealText(key, text, 'here');

test('a sealed text opens with its key, in its context', () => {
	expect(openText(key, sealed, 'here')).toBe(text);
	expect(sealed).not.toContain(Buffer.from(text).toString('base64url').slice(0, 6));
});

test('the same text looks different each time', () => {
	expect(sealText(key, text, 'here')).not.toBe(sealed);
});

test('it is AES-256-GCM with a 96-bit nonce, a 128-bit tag and the context as associated data', () => {
	const [version, ...parts] = sealed.split('.');
	const [iv, tag, ciphertext] = parts.map((part) => Buffer.from(part, 'base64url')) as [
		Buffer,
		Buffer,
		Buffer
	];
	expect([version, iv.length, tag.length]).toEqual(['1', 12, 16]);
	const decipher = createDecipheriv('aes-256-gcm', key, iv);
	decipher.setAAD(Buffer.from('here')).setAuthTag(tag);
	expect(decipher.update(ciphertext, undefined, 'utf8') + decipher.final('utf8')).toBe(text);
});

describe('a sealed text does not open', () => {
	const [version, iv = '', tag = '', ciphertext = ''] = sealed.split('.');
	const altered = (part: string) => (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
	test.for([
		['in another context', () => openText(key, sealed, 'there')],
		['with a key of another purpose', () => openText(deriveKey('a secret', 'other'), sealed, 'here')],
		['with the key of another secret', () => openText(deriveKey('another', 'tests'), sealed, 'here')],
		...[
			['with an altered nonce', [version, altered(iv), tag, ciphertext]],
			['with an altered tag', [version, iv, altered(tag), ciphertext]],
			['with a shortened tag', [version, iv, tag.slice(0, 6), ciphertext]],
			['with an altered text', [version, iv, tag, altered(ciphertext)]],
			['with a shortened text', [version, iv, tag, ciphertext.slice(0, -4)]],
			['of another version', ['2', iv, tag, ciphertext]],
			['of too few parts', [version, iv, tag]]
		].map(([name, parts]) => [name, () => openText(key, (parts as string[]).join('.'), 'here')] as const),
		['that is none', () => openText(key, '', 'here')]
	] as const)('%s', ([, open]) => {
		expect((open as () => unknown)()).toBeUndefined();
	});
});
