import { readArgon2, readDjangoArgon2 } from './argon2.ts';
import { readAspNetIdentity } from './asp-net.ts';
import { readBcrypt } from './bcrypt.ts';
import type { Reading } from './format.ts';
import { readLdapSha } from './ldap.ts';
import { readDjangoPbkdf2, readPasslibPbkdf2, readWerkzeugPbkdf2 } from './pbkdf2.ts';
import { readPhpass } from './phpass.ts';
import { readDjangoBcrypt, readPasslibBcrypt, readWordPress } from './prehashed-bcrypt.ts';
import { readBetterAuth, readDjangoScrypt, readScrypt, readWerkzeugScrypt } from './scrypt.ts';
import { readShaCrypt } from './sha-crypt.ts';

/** No string is a hash in two of these formats, so their order does not matter. */
const readers: ((stored: string) => Reading)[] = [
	(stored) => readBcrypt(stored),
	readDjangoBcrypt,
	readPasslibBcrypt,
	readWordPress,
	readDjangoArgon2,
	readDjangoPbkdf2,
	readPasslibPbkdf2,
	readWerkzeugPbkdf2,
	readAspNetIdentity,
	readScrypt,
	readDjangoScrypt,
	readWerkzeugScrypt,
	readBetterAuth,
	readShaCrypt,
	readPhpass,
	readLdapSha
];

/** The names with which Spring, OpenLDAP and Dovecot mark a hash that is complete without them. */
const scheme =
	/^\{(?:bcrypt|argon2(?:@SpringSecurity_v5_[28])?|crypt|blf-crypt|sha(?:256|512)-crypt|argon2id?)\}(?=\$)/i;

/** Reads a hash in a format of another system. */
export function readForeignHash(stored: string): Reading {
	const bare = stored.replace(scheme, '');
	for (const readFormat of bare === stored ? readers : [readArgon2, ...readers]) {
		const reading = readFormat(bare);
		if (reading) return reading;
	}
	return undefined;
}
