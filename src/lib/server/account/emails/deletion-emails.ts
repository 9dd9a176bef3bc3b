import { m } from '#lib/paraglide/messages.js';
import type { RenderedEmail } from '../../email/rendered-email.ts';
import { describeTime, type Frame, layOut } from '../../email/layout.ts';

/** Tells a user when the account will be deleted, and how to keep it. */
export function deletionScheduledEmail(frame: Frame, { deletesAt }: { deletesAt: number }): RenderedEmail {
	const { appName, origin, locale } = frame;
	return layOut(frame, {
		subject: m.email_deletion_scheduled_subject({}, { locale }),
		paragraphs: [
			m.email_deletion_scheduled_body({ appName, time: describeTime(deletesAt, locale) }, { locale }),
			m.email_deletion_scheduled_keep({}, { locale })
		],
		action: { label: m.email_deletion_scheduled_action({}, { locale }), href: `${origin}/login` }
	});
}

/** Tells a user that a login has cancelled the deletion. */
export function deletionCancelledEmail(frame: Frame, { at }: { at: number }): RenderedEmail {
	const { appName, origin, locale } = frame;
	return layOut(frame, {
		subject: m.email_deletion_cancelled_subject({}, { locale }),
		paragraphs: [
			m.email_deletion_cancelled_body({ appName, time: describeTime(at, locale) }, { locale }),
			m.email_deletion_cancelled_not_you({}, { locale })
		],
		action: {
			label: m.email_password_changed_action({}, { locale }),
			href: `${origin}/forgot-password`
		}
	});
}
