import { databaseReasons, publicHeaders, unchanged, type Operation } from '#lib/server/http/operation.ts';
import { revokedDocument } from '#lib/server/tokens/revocation-list.ts';

export const GET = {
	id: 'revoked',
	summary: 'The sessions that have ended',
	description:
		'For services that verify access tokens by themselves: `revoked` is a JWT (`typ: revoked+jwt`), signed as the tokens are, with the `sids` of the sessions whose tokens have not expired yet but are no longer good.',
	answers: {
		200: {
			description: 'The signed list.',
			schema: revokedDocument,
			example: { revoked: 'eyJhbGciOiJFUzI1NiIsInR5cCI6InJldm9rZWQrand0In0…' },
			headers: publicHeaders
		},
		304: unchanged
	},
	reasons: databaseReasons
} as const satisfies Operation;
