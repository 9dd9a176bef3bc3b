import * as v from 'valibot';
import { email, newPassword, password } from '#lib/credentials.ts';
import { nameFields } from '../../account/change-names.ts';
import { exportedAccount } from '../../account/export-account.ts';
import { jsonType } from '../../http/body.ts';
import { describedUser } from '../../users/user.ts';
import { ann, annDescribed } from '../examples.ts';
import { bodyReasons, databaseReasons, hashingReasons, type Operation } from '../operation.ts';

export const callerReasons = ['authentication_required', 'invalid_token'] as const;
const security = ['accessToken', 'session'] as const;

const currentPassword = v.optional(
	v.pipe(password, v.description('Needed when the last log-in is longer ago than RECENT_LOGIN_MINUTES.'))
);
const confirmReasons = ['invalid_fields', 'recent_login_required', ...hashingReasons] as const;

export const changeMe = {
	id: 'changeMe',
	summary: 'Change the names',
	description:
		'A name that is left out stays. Other members of the user are refused: the password and the address have operations of their own.',
	security,
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

export const deleteMe = {
	id: 'deleteMe',
	summary: 'Leave',
	description:
		'Ends every session and token at once. After a pause (DELETION_PAUSE_DAYS) everything about the user is deleted, unless they log in before.',
	security,
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

export const changePassword = {
	id: 'changePassword',
	summary: 'Change the password',
	description:
		'Ends every other session, and access tokens that were issued before: get a new one from `POST /token`. The rules for the new password are those of `POST /register`. A letter tells the user.',
	security,
	bodies: ({ passwordMinLength }) => ({
		[jsonType]: {
			schema: v.object({ password: newPassword(passwordMinLength), current_password: currentPassword }),
			example: { password: 'five tall blue mountains' }
		}
	}),
	answers: { 204: { description: 'It is changed.', headers: ['NoStore'] } },
	reasons: [...bodyReasons, ...callerReasons, ...confirmReasons]
} as const satisfies Operation;

export const changeEmail = {
	id: 'changeEmail',
	summary: 'Ask for another e-mail address',
	description:
		'Sends a link to the new address; nothing changes before somebody opens it and says yes. The answer is the same for an address that another user has.',
	security,
	bodies: () => ({
		[jsonType]: {
			schema: v.object({ email, current_password: currentPassword }),
			example: { email: 'ann.lee@example.org' }
		}
	}),
	answers: {
		202: {
			description: 'A letter is on its way.',
			schema: v.object({ status: v.literal('verification_sent') }),
			example: { status: 'verification_sent' },
			headers: ['NoStore']
		}
	},
	reasons: [...bodyReasons, ...callerReasons, ...confirmReasons]
} as const satisfies Operation;

export const exportMe = {
	id: 'exportMe',
	summary: 'A copy of all that is held about the user',
	description:
		'The user, sessions, links and letters that are on their way, as a file. Passwords and tokens are kept as hashes, which are left out.',
	security,
	answers: {
		200: {
			description: 'The copy.',
			schema: exportedAccount,
			headers: ['NoStore', 'Attachment']
		}
	},
	reasons: [...callerReasons, ...databaseReasons]
} as const satisfies Operation;
