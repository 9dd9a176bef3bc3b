import { m } from '#lib/paraglide/messages.js';
import type { RenderedEmail } from '../../email/rendered-email.ts';
import { describeTime, type Frame, layOut } from '../../email/layout.ts';

/** Carries the link with which a user chooses a new password. */
export function passwordResetEmail(frame: Frame, { link }: { link: string }): RenderedEmail {
	const { appName, locale } = frame;
	return layOut(frame, {
		subject: m.email_reset_password_subject({}, { locale }),
		paragraphs: [m.email_reset_password_body({ appName }, { locale })],
		action: { label: m.email_reset_password_action({}, { locale }), href: link },
		notes: [m.email_reset_password_not_you({}, { locale })]
	});
}

/** Tells a user that the password was changed on the account page, or reset with a link. */
export function passwordChangedEmail(
	frame: Frame,
	{ how, at }: { how: 'changed' | 'reset'; at: number }
): RenderedEmail {
	const { appName, origin, locale } = frame;
	const body = how === 'reset' ? m.email_password_reset_body : m.email_password_changed_body;
	return layOut(frame, {
		subject: m.email_password_changed_subject({}, { locale }),
		paragraphs: [
			body({ appName, time: describeTime(at, locale) }, { locale }),
			m.email_password_changed_not_you({}, { locale })
		],
		action: {
			label: m.email_password_changed_action({}, { locale }),
			href: `${origin}/forgot-password`
		}
	});
}
