import * as v from 'valibot';
import { email } from '#lib/credentials.ts';
import { jsonType } from '#lib/server/http/body.ts';
import { bodyReasons, callerReasons, confirmReasons, type Operation } from '#lib/server/http/operation.ts';
import { currentPassword } from '../current-password.ts';

export const POST = {
	id: 'changeEmail',
	summary: 'Ask for another e-mail address',
	description:
		'Sends a link to the new address; nothing changes before somebody opens it and says yes. The answer is the same for an address that another user has.',
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
			description: 'A letter is on its way.',
			schema: v.object({ status: v.literal('verification_sent') }),
			example: { status: 'verification_sent' },
			headers: ['NoStore']
		}
	},
	reasons: [...bodyReasons, ...callerReasons, ...confirmReasons]
} as const satisfies Operation;
