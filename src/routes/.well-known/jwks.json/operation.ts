import { publicHeaders, unchanged, type Operation } from '#lib/server/http/operation.ts';
import { keySet } from '#lib/server/keys/key-set.ts';
import { exampleKeys } from '#lib/server/openapi/examples.ts';

export const GET = {
	id: 'jwks',
	summary: 'Get the public keys',
	description:
		'The keys with which other services verify access tokens (RFC 7517). Empty if tokens are signed with a shared secret, which is never published.',
	answers: {
		200: { description: 'The keys.', schema: keySet, example: exampleKeys, headers: publicHeaders },
		304: unchanged
	},
	reasons: ['database_unavailable']
} as const satisfies Operation;
