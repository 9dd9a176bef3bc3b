import { redirect } from '@sveltejs/kit';
import { changeNames } from '#lib/server/account/change-names.ts';
import { formAction } from '#lib/server/http/form.ts';
import { pageCaller } from '../caller.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	const { first_name, last_name } = pageCaller(locals).user;
	return { names: { first_name, last_name } };
};

export const actions: Actions = {
	default: formAction(['first_name', 'last_name'], async (event, fields) => {
		const { user } = pageCaller(event.locals);
		const changed = await changeNames(event.locals.services, { user, fields }, event.locals.context);
		if (!changed.ok) return changed;
		redirect(303, '/account?done=names');
	})
};
