import { describeUser, type User } from '#lib/server/users/user.ts';
import type { PageServerLoad } from './$types';

// hooks.server.ts lets only the signed-in through.
export const load: PageServerLoad = ({ locals }) => ({ user: describeUser(locals.user as User) });
