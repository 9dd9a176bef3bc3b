import { m } from '#lib/paraglide/messages.js';
import type { Letter } from '../letter.ts';
import { describeTime, type Frame, layOut } from './layout.ts';

/** To a user who wants to leave. */
export function deletionScheduledLetter(frame: Frame, { deletesAt }: { deletesAt: number }): Letter {
	const { appName, origin, locale } = frame;
	return layOut(frame, {
		subject: m.letter_deletion_scheduled_subject({}, { locale }),
		paragraphs: [
			m.letter_deletion_scheduled_body({ appName, time: describeTime(deletesAt, locale) }, { locale }),
			m.letter_deletion_scheduled_keep({}, { locale })
		],
		action: { label: m.letter_deletion_scheduled_action({}, { locale }), href: `${origin}/login` }
	});
}

/** To a user who has come back. */
export function deletionCancelledLetter(frame: Frame, { at }: { at: number }): Letter {
	const { appName, origin, locale } = frame;
	return layOut(frame, {
		subject: m.letter_deletion_cancelled_subject({}, { locale }),
		paragraphs: [
			m.letter_deletion_cancelled_body({ appName, time: describeTime(at, locale) }, { locale }),
			m.letter_deletion_cancelled_not_you({}, { locale })
		],
		action: {
			label: m.letter_password_changed_action({}, { locale }),
			href: `${origin}/forgot-password`
		}
	});
}
