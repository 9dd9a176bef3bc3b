import * as v from 'valibot';
import { newPassword } from '#lib/credentials.ts';
import { jsonType } from '#lib/server/http/body.ts';
import { bodyReasons, callerReasons, confirmReasons, type Operation } from '#lib/server/http/operation.ts';
import { currentPassword } from '../current-password.ts';

export const POST = {
	id: 'changePassword',
	summary: 'Change the password',
	description:
		'Ends every other session and all access tokens issued so far: get a new one from `POST /token`. The rules for the new password are those of `POST /register`. The user is notified by email.',
	security: ['accessToken', 'session'],
	needs: 'user',
	bodies: ({ passwordMinLength }) => ({
		[jsonType]: {
			schema: v.object({ password: newPassword(passwordMinLength), current_password: currentPassword }),
			example: { password: 'five tall blue mountains' }
		}
	}),
	answers: { 204: { description: 'The password is changed.', headers: ['NoStore'] } },
	reasons: [...bodyReasons, ...callerReasons, ...confirmReasons]
} as const satisfies Operation;
