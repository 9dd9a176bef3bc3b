import { describe, expect, test } from 'vitest';
import type { RenderedEmail } from '../../email/rendered-email.ts';
import {
	alreadyRegisteredEmail,
	newAddressEmail,
	addressChangedEmail,
	verificationEmail
} from './address-emails.ts';
import { deletionCancelledEmail, deletionScheduledEmail } from './deletion-emails.ts';
import type { Frame } from '../../email/layout.ts';
import { passwordChangedEmail, passwordResetEmail } from './password-emails.ts';

const origin = 'https://login.example.org';
const link = `${origin}/page?token=abc-_123`;
const at = Date.UTC(2026, 10, 3, 14, 5);
const ada: Frame = { appName: 'Example', origin, locale: 'en', firstName: 'Ada' };

/** Each email, and the target of its button. */
const kinds: [name: string, href: string, write: (frame: Frame) => RenderedEmail][] = [
	['to verify an address', link, (frame) => verificationEmail(frame, { link })],
	['to the owner of a taken address', `${origin}/login`, alreadyRegisteredEmail],
	['to choose a new password', link, (frame) => passwordResetEmail(frame, { link })],
	[
		'that the password was changed',
		`${origin}/forgot-password`,
		(frame) => passwordChangedEmail(frame, { how: 'changed', at })
	],
	[
		'that the password was reset',
		`${origin}/forgot-password`,
		(frame) => passwordChangedEmail(frame, { how: 'reset', at })
	],
	['to a new address', link, (frame) => newAddressEmail(frame, { link, email: 'ada@new.example.org' })],
	[
		'to the previous address',
		link,
		(frame) => addressChangedEmail(frame, { link, email: 'ada@new.example.org', at })
	],
	[
		'that the account will be deleted',
		`${origin}/login`,
		(frame) => deletionScheduledEmail(frame, { deletesAt: at })
	],
	['that it will not', `${origin}/forgot-password`, (frame) => deletionCancelledEmail(frame, { at })]
];

describe.each(['en', 'de'] as const)('in %s', (locale) => {
	const frame: Frame = { ...ada, locale };

	test('each email has exactly the text of the snapshot', async () => {
		const texts = kinds.map(([name, , write]) => {
			const { subject, text } = write(frame);
			return `=== An email ${name}\nSubject: ${subject}\n\n${text}`;
		});
		await expect(texts.join('\n')).toMatchFileSnapshot(`./emails.${locale}.txt`);
	});

	test.for(kinds)('the email %s has the same content and link in HTML', ([, href, write]) => {
		const { subject, text, html } = write(frame);
		expect(html).toMatch(new RegExp(`^<!doctype html>\n<html lang="${locale}" dir="ltr">`));
		expect(html).toContain(`<title>${subject}</title>`);
		const shown = wordsOf(html.replace(/^.*<body[^>]*>/s, '').replaceAll(/<[^>]*>/g, ' '));
		const paragraphs = text.replace('-- \n', '').trim().split('\n\n');
		for (const paragraph of paragraphs) {
			const [label, address] = paragraph.split(':\n');
			expect(shown).toContain(wordsOf(address === undefined ? paragraph : (label ?? '')));
		}
		expect([...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)).toEqual([href]);
		expect(text).toContain(`\n${href}\n`);
		expect(shown, 'to copy').toContain(href);
	});

	test.for(kinds)('the email %s has a greeting without a name', ([, , write]) => {
		const { text } = write({ ...frame, firstName: undefined });
		expect(text).toMatch(locale === 'de' ? /^Guten Tag,\n\n/ : /^Hello,\n\n/);
	});
});

test.for(kinds)('the email %s loads nothing and has no form', ([, , write]) => {
	const { subject, text, html } = write(ada);
	expect(html).not.toMatch(/<(?:img|link|script|iframe|form|input|svg|object|base|video|audio|picture)\b/i);
	expect(html).not.toMatch(/\b(?:src|srcset|background|poster)=|url\(|@import|\bon\w+=/i);
	expect(html).not.toMatch(/http-equiv/i);
	const addresses = [subject, text, html].flatMap((part) => part.match(/\w+:\/\/[^/"'<)\s]+/g) ?? []);
	expect(new Set(addresses)).toEqual(new Set([origin]));
});

describe('text from users', () => {
	const hostile = `<script>alert("1")</script>'&amp;`;

	test.for(kinds)('is escaped in the email %s', ([, , write]) => {
		const { text, html } = write({ ...ada, appName: hostile });
		expect(text).toContain(hostile);
		expect(html).not.toContain('<script');
		expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;amp;');
	});

	test('is escaped in an address', () => {
		const { html } = newAddressEmail(ada, { link, email: `"<b>'@example.org` });
		expect(html).toContain('&quot;&lt;b&gt;&#39;@example.org');
		expect(addressChangedEmail(ada, { link, email: '<i>@<b>', at }).html).toContain('&lt;•••@&lt;b&gt;');
	});

	test('does not reveal the whole new address to the previous one', () => {
		const { text } = addressChangedEmail(ada, { link, email: 'ada.lovelace@new.example.org', at });
		expect(text).toContain('a•••@new.example.org');
		expect(text).not.toContain('lovelace');
	});

	test.for([
		['Ada'],
		['Anne-Marie'],
		["D'Arcy"],
		['O’Brien'],
		['J. R.'],
		['José María'],
		['Nguyễn Thị'],
		['Владимир'],
		['明美'],
		['محمد']
	])('is the name in the greeting: %s', ([firstName = '']) => {
		const { text, html } = passwordResetEmail({ ...ada, firstName }, { link });
		expect(text.startsWith(`Hello ${firstName},\n\n`)).toBe(true);
		expect(wordsOf(html)).toContain(`Hello ${firstName},`);
	});

	test.for([
		['https://evil.example'],
		['evil.example'],
		['You have won: www.evil.example'],
		['Call 0900 123456'],
		['ann@evil.example'],
		['<b>Ada</b>'],
		['“Ada” & co'],
		['A'.repeat(41)]
	])('is not the name in the greeting if it looks like a message: %s', ([firstName]) => {
		const { text, html } = verificationEmail({ ...ada, firstName }, { link });
		expect(text).toMatch(/^Hello,\n\n/);
		expect(html).not.toContain(firstName);
	});
});

/** Decodes entities, and replaces white space by one blank. */
function wordsOf(html: string): string {
	const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
	return html
		.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity as keyof typeof entities])
		.replaceAll(/\s+/g, ' ')
		.trim();
}
