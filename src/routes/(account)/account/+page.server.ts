import { describeUser } from '#lib/server/users/user.ts';
import { pageCaller } from './caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({
	user: describeUser(pageCaller(locals).user, locals.services.config),
	done: url.searchParams.get('done')
});
