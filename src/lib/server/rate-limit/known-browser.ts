import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { createToken } from '../crypto/random.ts';
import { dayMs, secondMs } from '../durations.ts';

/** How long a browser stays known after its last login. */
export const knownBrowserSeconds = (180 * dayMs) / secondMs;

/** For a browser that several people share. The account with the oldest login is dropped first. */
const maxAccounts = 8;
const markBytes = 16;
const pattern = /^([\w-]{43})((?:\.[\w-]{22}){1,8})$/;

/**
 * Makes the cookie that identifies a browser that has logged in to an account before: `id.mark.mark…`, where each mark
 * is an HMAC of the id and an account. It identifies no user, is not a credential, and cannot be made without the key.
 *
 * @param cookie the current cookie of the browser
 */
export function rememberBrowser(key: KeyObject, cookie: string | undefined, account: string): string {
	const { id, marks } = parse(cookie) ?? { id: createToken(), marks: [] };
	const mark = markOf(key, id, account);
	// Marks that were made with another key match no account.
	const others = marks.filter((other) => !isSame(other, mark)).slice(0, maxAccounts - 1);
	return [id, ...[mark, ...others].map((each) => each.toString('base64url'))].join('.');
}

/** Whether the browser has logged in to the account before. */
export function recognisesBrowser(key: KeyObject, cookie: string, account: string): boolean {
	const parsed = parse(cookie);
	if (!parsed) return false;
	const mark = markOf(key, parsed.id, account);
	return parsed.marks.filter((other) => isSame(other, mark)).length > 0;
}

function parse(cookie: string | undefined): { id: string; marks: Buffer[] } | undefined {
	const [, id, marks = ''] = pattern.exec(cookie ?? '') ?? [];
	if (id === undefined) return undefined;
	const decoded = marks
		.slice(1)
		.split('.')
		.map((mark) => Buffer.from(mark, 'base64url'));
	return { id, marks: decoded };
}

function markOf(key: KeyObject, id: string, account: string): Buffer {
	return createHmac('sha256', key).update(`known device ${id} ${account}`).digest().subarray(0, markBytes);
}

function isSame(a: Buffer, b: Buffer): boolean {
	return a.length === b.length && timingSafeEqual(a, b);
}
