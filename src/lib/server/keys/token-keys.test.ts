import { expect, test } from 'vitest';
import type { User } from '../users/user.ts';
import { createTokenSigner, issueAccessToken, verifyAccessToken } from '../tokens/access-token.ts';

const user = { id: '0195511e-7e40-7000-8000-000000000001', email: 'ada@example.org', role: 'user' } as User;
const settings = { algorithm: 'HS256', issuer: 'https://id.example.org', audience: 'api' } as const;
const [previous, current] = [
	'the previous secret of thirty-two bytes',
	'the current secret of thirty-two bytes'
];

const accepts = async (signer: Parameters<typeof verifyAccessToken>[0], token: string) =>
	(await verifyAccessToken(signer, token)).ok;

test('during a change of the secret, tokens of both secrets are valid, and the new one signs', async () => {
	const before = createTokenSigner({ ...settings, secretKey: previous });
	const meanwhile = createTokenSigner({ ...settings, secretKey: current, previousSecretKey: previous });
	const later = createTokenSigner({ ...settings, secretKey: current });
	const [early, late] = [await issueAccessToken(before, user), await issueAccessToken(meanwhile, user)];
	expect(await accepts(meanwhile, early)).toBe(true);
	expect(await accepts(meanwhile, late)).toBe(true);
	expect(await accepts(later, late)).toBe(true);
	expect(await accepts(later, early)).toBe(false);
	expect(await accepts(before, late)).toBe(false);
});

test('a token of a third secret and an expired token of the previous one are refused', async () => {
	const meanwhile = createTokenSigner({ ...settings, secretKey: current, previousSecretKey: previous });
	const stranger = createTokenSigner({ ...settings, secretKey: 'a foreign secret of thirty-two bytes' });
	expect(await accepts(meanwhile, await issueAccessToken(stranger, user))).toBe(false);
	const before = createTokenSigner({ ...settings, secretKey: previous });
	const expired = await issueAccessToken(before, user, new Date(Date.now() - 16 * 60_000));
	expect(await accepts(meanwhile, expired)).toBe(false);
});

test('a secret publishes no key', () => {
	expect(createTokenSigner({ ...settings, secretKey: previous }).keys.published.body).toBe('{"keys":[]}');
});
