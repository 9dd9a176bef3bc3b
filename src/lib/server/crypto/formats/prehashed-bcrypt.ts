import { createHmac, hash } from 'node:crypto';
import { readBcrypt } from './bcrypt.ts';
import type { Reading } from './format.ts';

/** Django's `bcrypt_sha256$$2b$…` hashes the hexadecimal SHA-256 of the password, and `bcrypt$$2b$…` the password. */
export function readDjangoBcrypt(stored: string): Reading {
	const [, name, bcrypt = ''] = /^(bcrypt|bcrypt_sha256)\$(\$.+)$/.exec(stored) ?? [];
	if (name === 'bcrypt') return readBcrypt(bcrypt);
	return name === undefined ? undefined : readBcrypt(bcrypt, (password) => hash('sha256', password));
}

const passlib =
	/^\$bcrypt-sha256\$(?:(v=2),t=2b,r=(\d\d?)|2[ab],(\d\d?))\$([./A-Za-z0-9]{22})\$([./A-Za-z0-9]{31})$/;

/**
 * Passlib's `$bcrypt-sha256$…` hashes a digest of the password in base64. Since version 2 of the format, the digest is an
 * HMAC with the salt, so that stolen SHA-256 digests cannot be tried.
 */
export function readPasslibBcrypt(stored: string): Reading {
	const [, isKeyed, cost = '', oldCost = '', salt = '', digest = ''] = passlib.exec(stored) ?? [];
	if (!salt) return undefined;
	return readBcrypt(`$2b$${(cost || oldCost).padStart(2, '0')}$${salt}${digest}`, (password) =>
		isKeyed
			? createHmac('sha256', salt).update(password).digest('base64')
			: hash('sha256', password, 'base64')
	);
}

/** WordPress from 6.8: `$wp$2y$…` over an HMAC of the trimmed password, so that more than 72 bytes count. */
export function readWordPress(stored: string): Reading {
	if (!stored.startsWith('$wp$2y$')) return undefined;
	return readBcrypt(stored.slice('$wp'.length), (password) =>
		createHmac('sha384', 'wp-sha384').update(trimAsPhp(password)).digest('base64')
	);
}

/** PHP's `trim()` removes these characters only. */
function trimAsPhp(text: string): string {
	return text.replace(/^[ \n\r\t\v\0]+|[ \n\r\t\v\0]+$/g, '');
}
