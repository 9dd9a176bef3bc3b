import { m } from '#lib/paraglide/messages.js';
import type { RenderedEmail } from '../../email/rendered-email.ts';
import { describeTime, type Frame, layOut } from '../../email/layout.ts';

/** Asks a new user to confirm the address. */
export function verificationEmail(frame: Frame, { link }: { link: string }): RenderedEmail {
	const { appName, locale } = frame;
	return layOut(frame, {
		subject: m.email_verify_email_subject({}, { locale }),
		paragraphs: [m.email_verify_email_body({ appName }, { locale })],
		action: { label: m.email_verify_email_action({}, { locale }), href: link },
		notes: [m.email_verify_email_not_you({}, { locale })]
	});
}

/** Tells the owner of an address that a request tried to use it for another account. The owner may have sent it. */
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

/** Asks for confirmation at the address to which a user wants to change. */
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

/** Tells the previous address that it was replaced, with a link that undoes the change. */
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

/** Only as much of an address as its owner needs to recognise it: `a•••@example.org`. */
function maskAddress(email: string): string {
	const [name = '', domain = ''] = email.split('@');
	return `${[...name][0] ?? ''}•••@${domain}`;
}
