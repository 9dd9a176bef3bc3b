import { expect } from 'vitest';
import { request } from '../http/http.ts';
import type { Service } from '../service/service.ts';
import { register } from './users.ts';

export interface Grant {
	sent: { email: string; password: string };
	user: Record<string, unknown>;
	access: string;
	/** Empty unless it was asked for. */
	refresh: string;
}

/** The tokens of a new user. */
export async function grantTokens(
	{ origin }: Pick<Service, 'origin'>,
	{ offline = false } = {}
): Promise<Grant> {
	const { sent, user } = await register(origin);
	return { sent, user, ...(await grantAgain({ origin }, sent, { offline })) };
}

/** More tokens of the same one. */
export async function grantAgain(
	{ origin }: Pick<Service, 'origin'>,
	{ email, password }: Grant['sent'],
	{ offline = false } = {}
): Promise<Pick<Grant, 'access' | 'refresh'>> {
	const { json } = await request(origin, {
		method: 'POST',
		path: '/token',
		json: { email, password, offline }
	});
	return { access: String(json.access_token), refresh: String(json.refresh_token ?? '') };
}

export function postForm(
	{ origin }: Pick<Service, 'origin'>,
	path: string,
	form: Record<string, string>,
	headers = {}
) {
	return request(origin, { method: 'POST', path, form, headers });
}

export async function refreshWith(service: Pick<Service, 'origin'>, refresh_token: string) {
	return postForm(service, '/token', { grant_type: 'refresh_token', refresh_token });
}

export async function meStatus({ origin }: Pick<Service, 'origin'>, token: string): Promise<number> {
	return (await request(origin, { path: '/me', headers: { authorization: `Bearer ${token}` } })).status;
}

export function basicHeader(id: string, secret: string): Record<string, string> {
	return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

export function claimsOf(token: string): Record<string, unknown> {
	const [, claims = ''] = token.split('.');
	return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
}

/** An answer as OAuth clients read it (RFC 6749 §5.2). */
export function oauthError(status: number, error: string, code = error) {
	return {
		status,
		json: {
			error,
			code,
			error_description: expect.stringMatching(/^[A-Z]/) as unknown,
			request_id: expect.any(String) as unknown
		}
	};
}
