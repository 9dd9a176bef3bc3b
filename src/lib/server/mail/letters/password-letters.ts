import { m } from '#lib/paraglide/messages.js';
import type { Letter } from '../letter.ts';
import { describeTime, type Frame, layOut } from './layout.ts';

/** To somebody who has forgotten the password. */
export function resetPasswordLetter(frame: Frame, { link }: { link: string }): Letter {
	const { appName, locale } = frame;
	return layOut(frame, {
		subject: m.letter_reset_password_subject({}, { locale }),
		paragraphs: [m.letter_reset_password_body({ appName }, { locale })],
		action: { label: m.letter_reset_password_action({}, { locale }), href: link },
		notes: [m.letter_reset_password_not_you({}, { locale })]
	});
}

/** That the password is another one now. */
export function passwordChangedLetter(
	frame: Frame,
	{ how, at }: { how: 'changed' | 'reset'; at: number }
): Letter {
	const { appName, origin, locale } = frame;
	const body = how === 'reset' ? m.letter_password_reset_body : m.letter_password_changed_body;
	return layOut(frame, {
		subject: m.letter_password_changed_subject({}, { locale }),
		paragraphs: [
			body({ appName, time: describeTime(at, locale) }, { locale }),
			m.letter_password_changed_not_you({}, { locale })
		],
		action: {
			label: m.letter_password_changed_action({}, { locale }),
			href: `${origin}/forgot-password`
		}
	});
}
