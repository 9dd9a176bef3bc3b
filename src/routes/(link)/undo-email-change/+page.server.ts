import { redirect } from '@sveltejs/kit';
import { undoEmailChange } from '#lib/server/account/undo-email-change.ts';
import { formAction } from '#lib/server/http/form.ts';
import { linkLoad } from '../link.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = linkLoad('undo_email_change');

export const actions: Actions = {
	default: formAction(['token'], async (event, fields) => {
		const undone = await undoEmailChange(
			event.locals.services,
			{ token: fields.token },
			event.locals.context
		);
		if (!undone.ok) return undone;
		redirect(303, '/login?done=undone');
	})
};
