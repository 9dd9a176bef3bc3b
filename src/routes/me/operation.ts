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
	summary: 'Get the current user',
	description:
		'The user of the access token, or of the browser’s session when there is no `Authorization` header. An invalid token is refused even if the session is valid.',
	security: ['accessToken', 'session'],
	needs: 'user',
	answers: {
		200: { description: 'The user.', schema: describedUser, example: annDescribed, headers: ['NoStore'] }
	},
	reasons: [...callerReasons, ...databaseReasons]
} as const satisfies Operation;

export const PATCH = {
	id: 'changeMe',
	summary: 'Change the name',
	description:
		'A name that you leave out stays the same. Other members are refused, because the password and the email address have their own operations.',
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
	summary: 'Delete the account',
	description:
		'Ends every session and token immediately. After DELETION_PAUSE_DAYS, all data about the user is deleted. Logging in before then cancels the deletion.',
	security: ['accessToken', 'session'],
	needs: 'user',
	bodies: () => ({
		[jsonType]: { schema: v.object({ current_password: currentPassword }), example: {} }
	}),
	bodyIsOptional: true,
	answers: {
		202: {
			description: 'The deletion is scheduled.',
			schema: v.object({ deletes_at: v.pipe(v.string(), v.isoTimestamp()) }),
			example: { deletes_at: '2026-11-29T18:07:49.364Z' },
			headers: ['NoStore']
		}
	},
	reasons: [...bodyReasons, ...callerReasons, ...confirmReasons]
} as const satisfies Operation;
