import { describeUser } from '#lib/server/users/user.ts';
import { callerOf } from './caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({
	user: describeUser(callerOf(locals).user, locals.services.config),
	done: url.searchParams.get('done')
});
