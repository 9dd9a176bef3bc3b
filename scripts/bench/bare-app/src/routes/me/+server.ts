import { user } from '../../user.ts';

export const GET = () => Response.json(user);
