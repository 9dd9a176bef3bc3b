import { keySet } from '../../keys/key-set.ts';
import { publishMetadata, serverMetadata } from '../../tokens/server-metadata.ts';
import { revokedDocument } from '../../tokens/revocation-list.ts';
import { exampleKeys, origin } from '../examples.ts';
import { databaseReasons, type Operation, publicHeaders, unchanged } from '../operation.ts';

export const metadata = {
	id: 'metadata',
	summary: 'Authorization server metadata',
	description: 'The endpoints and capabilities of the service, for standard clients (RFC 8414).',
	answers: {
		200: {
			description: 'The metadata.',
			schema: serverMetadata,
			example: JSON.parse(publishMetadata(origin, { hasClients: true }).body) as object,
			headers: publicHeaders
		},
		304: unchanged
	},
	reasons: []
} as const satisfies Operation;

export const jwks = {
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

export const revoked = {
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
