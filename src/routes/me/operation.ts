import * as v from 'valibot';
import { nameFields } from '#lib/server/account/change-names.ts';
import { jsonType } from '#lib/server/http/body.ts';
import {
	bodyReasons,
	callerReasons,
	confirmReasons,
	databaseReasons,
	type Operation
} from '#lib/server/http/operation.ts';
import { ann, annDescribed } from '#lib/server/openapi/examples.ts';
import { describedUser } from '#lib/server/users/user.ts';
import { currentPassword } from './current-password.ts';

export const GET = {
	id: 'me',
	summary: 'Who is asking',
	description:
		'The user of the access token, or of the browser’s session when there is no `Authorization` header. A bad token is refused even beside a good session.',
	security: ['accessToken', 'session'],
	needs: 'user',
	answers: {
		200: { description: 'The user.', schema: describedUser, example: annDescribed, headers: ['NoStore'] }
	},
	reasons: ['authentication_required', 'invalid_token', ...databaseReasons]
} as const satisfies Operation;

export const PATCH = {
	id: 'changeMe',
	summary: 'Change the names',
	description:
		'A name that is left out stays. Other members of the user are refused: the password and the address have operations of their own.',
	security: ['accessToken', 'session'],
	needs: 'user',
	bodies: () => ({
		[jsonType]: {
			schema: v.partial(v.object(nameFields)),
			example: { first_name: ann.first_name, last_name: 'Lee-Ross' }
		}
	}),
	answers: {
		200: { description: 'The user.', schema: describedUser, example: annDescribed, headers: ['NoStore'] }
	},
	reasons: [...bodyReasons, ...callerReasons, 'invalid_fields', ...databaseReasons]
} as const satisfies Operation;

export const DELETE = {
	id: 'deleteMe',
	summary: 'Leave',
	description:
		'Ends every session and token at once. After a pause (DELETION_PAUSE_DAYS) everything about the user is deleted, unless they log in before.',
	security: ['accessToken', 'session'],
	needs: 'user',
	bodies: () => ({
		[jsonType]: { schema: v.object({ current_password: currentPassword }), example: {} }
	}),
	bodyIsOptional: true,
	answers: {
		202: {
			description: 'It will be done.',
			schema: v.object({ deletes_at: v.pipe(v.string(), v.isoTimestamp()) }),
			example: { deletes_at: '2026-11-29T18:07:49.364Z' },
			headers: ['NoStore']
		}
	},
	reasons: [...bodyReasons, ...callerReasons, ...confirmReasons]
} as const satisfies Operation;
