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
	v.pipe(password, v.description('Required when the last login is more than RECENT_LOGIN_MINUTES ago.'))
);
const confirmReasons = ['invalid_fields', 'recent_login_required', ...hashingReasons] as const;

export const changeMe = {
	id: 'changeMe',
	summary: 'Change the name',
	description:
		'An omitted name is kept. Other members of the user are refused: the password and the email address have their own operations.',
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
	summary: 'Delete the account',
	description:
		'Ends every session and token immediately. After DELETION_PAUSE_DAYS, all data about the user is deleted. Logging in before then cancels the deletion.',
	security,
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

export const changePassword = {
	id: 'changePassword',
	summary: 'Change the password',
	description:
		'Ends every other session and all access tokens issued so far: get a new one from `POST /token`. The rules for the new password are those of `POST /register`. The user is notified by email.',
	security,
	bodies: ({ passwordMinLength }) => ({
		[jsonType]: {
			schema: v.object({ password: newPassword(passwordMinLength), current_password: currentPassword }),
			example: { password: 'five tall blue mountains' }
		}
	}),
	answers: { 204: { description: 'The password is changed.', headers: ['NoStore'] } },
	reasons: [...bodyReasons, ...callerReasons, ...confirmReasons]
} as const satisfies Operation;

export const changeEmail = {
	id: 'changeEmail',
	summary: 'Change the email address',
	description:
		'Sends a link to the new address. Nothing changes until the link is opened and confirmed. The answer is the same for an address that belongs to another user.',
	security,
	bodies: () => ({
		[jsonType]: {
			schema: v.object({ email, current_password: currentPassword }),
			example: { email: 'ann.lee@example.org' }
		}
	}),
	answers: {
		202: {
			description: 'The email is queued.',
			schema: v.object({ status: v.literal('verification_sent') }),
			example: { status: 'verification_sent' },
			headers: ['NoStore']
		}
	},
	reasons: [...bodyReasons, ...callerReasons, ...confirmReasons]
} as const satisfies Operation;

export const exportMe = {
	id: 'exportMe',
	summary: 'Export the data of the user',
	description:
		'The user, sessions, links and queued emails, as a file. Passwords and tokens are stored as hashes, which are left out.',
	security,
	answers: {
		200: {
			description: 'The data.',
			schema: exportedAccount,
			headers: ['NoStore', 'Attachment']
		}
	},
	reasons: [...callerReasons, ...databaseReasons]
} as const satisfies Operation;
