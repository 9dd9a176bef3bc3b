import { keySet } from '../../keys/key-set.ts';
import { publishMetadata, serverMetadata } from '../../tokens/server-metadata.ts';
import { revokedDocument } from '../../tokens/revocation-list.ts';
import { exampleKeys, origin } from '../examples.ts';
import { databaseReasons, type Operation, publicHeaders, unchanged } from '../operation.ts';

export const metadata = {
	id: 'metadata',
	summary: 'Where everything is',
	description: 'What a standard client needs to know of the service (RFC 8414).',
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
	summary: 'The public keys',
	description:
		'With which other services verify access tokens (RFC 7517). Empty where tokens are signed with a shared secret, which is never published.',
	answers: {
		200: { description: 'The keys.', schema: keySet, example: exampleKeys, headers: publicHeaders },
		304: unchanged
	},
	reasons: ['database_unavailable']
} as const satisfies Operation;

export const revoked = {
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
