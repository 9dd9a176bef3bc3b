import { request, type Answer } from '../http/http.ts';
import type { Service } from './service.ts';
import { type NewUser, register } from '../people/users.ts';

/** Limits small enough to reach; half of each may be used in a burst. Clients are told apart by what their proxy says. */
export const smallLimits = {
	TRUSTED_PROXIES: '127.0.0.1',
	LOGIN_LIMIT: '6/1h',
	LOGIN_LIMIT_KNOWN_BROWSERS: '4/1h',
	LOGIN_LIMIT_ACCOUNT: '12/1h',
	LOGIN_LIMIT_PREFIX: '16/1h',
	REGISTER_LIMIT_PREFIX: '8/1h',
	// Tests that send many requests concurrently do not measure the timeout.
	HASH_QUEUE_MS: '20000'
};

export const wrong = 'wrong words here';

let addresses = 0;
/** A public address that no test has used yet. */
export const newAddress = () => `11.0.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`;

type Credentials = Pick<NewUser, 'email' | 'password'>;

export function getToken({ origin }: Service, { email, password }: Credentials, address?: string) {
	const headers: Record<string, string> = address === undefined ? {} : { 'x-forwarded-for': address };
	return request(origin, { method: 'POST', path: '/token', json: { email, password }, headers });
}

/** Guesses at an account until no more is answered. */
export async function exhaustTries(service: Service, email: string): Promise<void> {
	const guess = async () => (await getToken(service, { email, password: wrong })).status;
	while ((await guess()) === 401);
}

/** Logs in on the page, with the cookie of a browser that may be known. */
export function logIn(
	{ origin }: Service,
	{ email, password }: Credentials,
	cookie?: string,
	address = newAddress()
) {
	const headers = { 'x-forwarded-for': address, accept: 'text/html', ...(cookie && { cookie }) };
	return request(origin, { method: 'POST', path: '/login', form: { email, password }, headers });
}

/** The statuses of some requests, one after the other. */
export async function statusesOf(count: number, act: (index: number) => Promise<Answer>): Promise<number[]> {
	const statuses: number[] = [];
	for (let index = 0; index < count; index++) statuses.push((await act(index)).status);
	return statuses;
}

export function knownBrowserOf({ cookies }: Answer): string {
	return cookies.find((cookie) => cookie.startsWith('known-browser='))?.split(';', 1)[0] ?? '';
}

/** A registered user, and the cookie of the browser that logged in to it. */
export async function newOwner(service: Service): Promise<NewUser & { knownBrowser: string }> {
	const { sent } = await register(service.origin);
	return { ...sent, knownBrowser: knownBrowserOf(await logIn(service, sent)) };
}
