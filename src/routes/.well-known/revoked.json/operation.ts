import { databaseReasons, publicHeaders, unchanged, type Operation } from '#lib/server/http/operation.ts';
import { revokedDocument } from '#lib/server/tokens/revocation-list.ts';

export const GET = {
	id: 'revoked',
	summary: 'List the revoked sessions',
	description:
		'For services that verify access tokens locally. `revoked` is a JWT (`typ: revoked+jwt`), signed like the tokens. Its `sids` are the sessions whose tokens are revoked but not yet expired.',
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
