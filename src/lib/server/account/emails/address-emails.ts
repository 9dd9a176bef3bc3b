import { m } from '#lib/paraglide/messages.js';
import type { RenderedEmail } from '../../email/rendered-email.ts';
import { describeTime, type Frame, layOut } from '../../email/layout.ts';

/** To a new user: is the address theirs? */
export function verificationEmail(frame: Frame, { link }: { link: string }): RenderedEmail {
	const { appName, locale } = frame;
	return layOut(frame, {
		subject: m.email_verify_email_subject({}, { locale }),
		paragraphs: [m.email_verify_email_body({ appName }, { locale })],
		action: { label: m.email_verify_email_action({}, { locale }), href: link },
		notes: [m.email_verify_email_not_you({}, { locale })]
	});
}

/** To the owner of an address that somebody else, or they again, wanted to use. */
export function alreadyRegisteredEmail(frame: Frame): RenderedEmail {
	const { appName, origin, locale } = frame;
	const link = `${origin}/forgot-password`;
	return layOut(frame, {
		subject: m.email_already_registered_subject({}, { locale }),
		paragraphs: [m.email_already_registered_body({ appName }, { locale })],
		action: { label: m.email_already_registered_action({}, { locale }), href: `${origin}/login` },
		notes: [m.email_already_registered_forgot({ link }, { locale }), m.email_not_you({}, { locale })]
	});
}

/** To an address that a user wants to have. */
export function newAddressEmail(
	frame: Frame,
	{ link, email }: { link: string; email: string }
): RenderedEmail {
	const { appName, locale } = frame;
	return layOut(frame, {
		subject: m.email_confirm_new_email_subject({}, { locale }),
		paragraphs: [m.email_confirm_new_email_body({ appName, email }, { locale })],
		action: { label: m.email_confirm_new_email_action({}, { locale }), href: link },
		notes: [m.email_not_you({}, { locale })]
	});
}

/** To the address that a user had before. */
export function addressChangedEmail(
	frame: Frame,
	{ link, email, at }: { link: string; email: string; at: number }
): RenderedEmail {
	const { appName, locale } = frame;
	const time = describeTime(at, locale);
	return layOut(frame, {
		subject: m.email_email_changed_subject({}, { locale }),
		paragraphs: [
			m.email_email_changed_body({ appName, email: maskAddress(email), time }, { locale }),
			m.email_email_changed_not_you({}, { locale })
		],
		action: { label: m.email_email_changed_action({}, { locale }), href: link }
	});
}

/** Enough of an address for its owner to know it again: `a•••@example.org`. */
function maskAddress(email: string): string {
	const [name = '', domain = ''] = email.split('@');
	return `${[...name][0] ?? ''}•••@${domain}`;
}
