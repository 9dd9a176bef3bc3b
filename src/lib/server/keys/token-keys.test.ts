import { expect, test } from 'vitest';
import type { User } from '../users/user.ts';
import { createTokenSigner, issueAccessToken, verifyAccessToken } from '../tokens/access-token.ts';

const user = { id: '0195511e-7e40-7000-8000-000000000001', email: 'ada@example.org', role: 'user' } as User;
const settings = { algorithm: 'HS256', issuer: 'https://id.example.org', audience: 'api' } as const;
const [old, fresh] = ['the secret from before, thirty-two bytes', 'the secret of now, of thirty-two bytes'];

const accepts = async (signer: Parameters<typeof verifyAccessToken>[0], token: string) =>
	(await verifyAccessToken(signer, token)).ok;

test('while a secret is being changed, tokens of both are good, and the new one signs', async () => {
	const before = createTokenSigner({ ...settings, secretKey: old });
	const meanwhile = createTokenSigner({ ...settings, secretKey: fresh, previousSecretKey: old });
	const later = createTokenSigner({ ...settings, secretKey: fresh });
	const [early, late] = [await issueAccessToken(before, user), await issueAccessToken(meanwhile, user)];
	expect(await accepts(meanwhile, early)).toBe(true);
	expect(await accepts(meanwhile, late)).toBe(true);
	expect(await accepts(later, late)).toBe(true);
	expect(await accepts(later, early)).toBe(false);
	expect(await accepts(before, late)).toBe(false);
});

test('a third secret is refused, and an expired token of the one before', async () => {
	const meanwhile = createTokenSigner({ ...settings, secretKey: fresh, previousSecretKey: old });
	const stranger = createTokenSigner({ ...settings, secretKey: 'a secret of somebody else, 32 bytes' });
	expect(await accepts(meanwhile, await issueAccessToken(stranger, user))).toBe(false);
	const before = createTokenSigner({ ...settings, secretKey: old });
	const expired = await issueAccessToken(before, user, new Date(Date.now() - 16 * 60_000));
	expect(await accepts(meanwhile, expired)).toBe(false);
});

test('a secret has no public half', () => {
	expect(createTokenSigner({ ...settings, secretKey: old }).keys.published.body).toBe('{"keys":[]}');
});
