import * as v from 'valibot';
import { email } from '#lib/credentials.ts';
import { jsonType } from '#lib/server/http/body.ts';
import { bodyReasons, callerReasons, confirmReasons, type Operation } from '#lib/server/http/operation.ts';
import { currentPassword } from '../current-password.ts';

export const POST = {
	id: 'changeEmail',
	summary: 'Change the email address',
	description:
		'Sends a link to the new address. The address changes when the user opens the link and confirms. The answer is the same for an address that belongs to another user.',
	security: ['accessToken', 'session'],
	needs: 'user',
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
