import { expect, test } from 'vitest';
import { loadArgon2 } from '../load-argon2.ts';
import { readForeignHash } from './foreign.ts';

const [argon2] = loadArgon2().implementations;

async function verify(stored: string, password: string): Promise<boolean> {
	const reading = readForeignHash(stored);
	if (typeof reading !== 'object') throw new Error(`${stored} is ${reading ?? 'unrecognised'}`);
	return reading.verify(password, argon2);
}

/** RFC 7914 §12, the third vector. */
const scryptOfLetMeIn =
	'7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887';
/** The inputs of RFC 6070 with SHA-256: two rounds over "password" and "salt". */
const pbkdf2OfPassword = 'ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43';

test.for([
	[
		'argon2 as Django stores it',
		'password',
		'argon2$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
	],
	[
		'Django',
		'lètmein',
		'scrypt$16384$seasalt$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQwite/Pw=='
	],
	['RFC 6070', 'password', `pbkdf2_sha1$4096$salt$SwB5AbdlSJq+rUnZJvch0GWkKcE=`],
	['RFC 6070', 'password', `pbkdf2:sha1:4096$salt$4b007901b765489abead49d926f721d065a429c1`],
	['RFC 6070', 'password', `pbkdf2:sha256:2$salt$${pbkdf2OfPassword}`],
	['RFC 7914', 'pleaseletmein', `scrypt:16384:8:1$SodiumChloride$${scryptOfLetMeIn}`],
	// Computed with Python's hashlib; the password has a ligature, which NFKC takes apart.
	[
		'Better Auth',
		'pässword ﬁve',
		'00112233445566778899aabbccddeeff:894ee95d7a2da3d32b0a31788fbd5de12d0d6660d8a17dee1956ddf39646a600ff34a27f34059b32d818ecb32eb3961fda4758d70fda967d7921cc2db91f25ee'
	],
	[
		'Passlib',
		'password',
		'$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS'
	],
	['Passlib', 'password', '$bcrypt-sha256$2a,5$5Hg1DKFqPE8C2aflZ5vVoe$12BjNE0p7axMg55.Y/mHsYiVuFBDQyu'],
	['Passlib', 'password', '$pbkdf2$1212$OB.dtnSEXZK8U5cgxU/GYQ$y5LKPOplRmok7CZp/aqVDVg8zGI'],
	['Django', 'password', 'bcrypt_sha256$$2b$12$VADBCPlCt0wMa2zjUgaXl.jnrvoNt/kgjtRY7i./fo0V2IEp1l6f2'],
	['crypt_blowfish', 'U*U', 'bcrypt$$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
	['crypt_blowfish', 'U*U', '{bcrypt}$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
	['crypt_blowfish', 'U*U', '{CRYPT}$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
	['crypt_blowfish', 'U*U', '$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
	['WordPress 6.8', 'Test123Now!', '$wp$2y$10$gN3SQdbNc/cVlK7DylUiVumiuujud7lR0h5J4M2ZsNRMYOFbED16q'],
	['phpass', 'test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
	['phpass of phpBB', 'test1', '$H$9aaaaaSXBjgypwqm.JsMssPLiS8YQ00'],
	// Drepper's SHA-crypt.txt.
	['SHA-crypt', 'Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
	[
		'SHA-crypt',
		'Hello world!',
		'$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA'
	],
	[
		'SHA-crypt',
		'a very much longer text to encrypt.  This one even stretches over morethan one line.',
		'$5$rounds=1400$anotherlongsalts$Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1'
	],
	[
		'SHA-crypt',
		'we have a short salt string but not a short password',
		'$5$rounds=77777$short$JiO1O3ZpDAxGJeaDIuqCoEFysAe1mZNJRs3pw0KQRd/'
	],
	['SHA-crypt', '', '$5$$3c2QQ0KjIU1OLtB29cl8Fplc2WN7X89bnoEjaR7tWu.'],
	[
		'SHA-crypt',
		'Hello world!',
		'$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1'
	],
	[
		'SHA-crypt',
		'Hello world!',
		'$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.'
	],
	// Passlib's tests (test_handlers.py).
	['Passlib', 'testing123', '{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr'],
	['SHA-1', 'password', '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g='],
	// aspnetcore, PasswordHasherTest.cs.
	[
		'ASP.NET Identity 2',
		'my password',
		'ANXrDknc7fGPpigibZXXZFMX4aoqz44JveK6jQuwY3eH/UyPhvr5xTPeGYEckLxz9A=='
	],
	['ASP.NET Identity 3', 'my password', 'AQAAAAAAAAD6AAAAEAhftMyfTJylOlZT+eEotFXd1elee8ih5WsjXaR3PA9M'],
	[
		'ASP.NET Identity 3',
		'my password',
		'AQAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw=='
	],
	['ASP.NET Identity 3', 'my password', 'AQAAAAIAAAAyAAAAEOMwvh3+FZxqkdMBz2ekgGhwQ4B6pZWND6zgESBuWiHw']
])(
	'the published hash of %s is known, and only with its password: %s %s',
	async ([, password = '', stored = '']) => {
		expect(await verify(stored, password)).toBe(true);
		expect(await verify(stored, `x${password}`)).toBe(false);
	}
);

test('a $2x$ hash matches no password beyond ASCII, because its library misread them', async () => {
	// crypt_blowfish's own test of the bug: the wrong hash of £ in ISO 8859-1.
	const stored = '$2x$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e';
	expect(await verify(stored, '£')).toBe(false);
});

test('a hash with many rounds leaves the event loop free', async () => {
	let ticks = 0;
	const timer = setInterval(() => ticks++, 1);
	await verify(
		'$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA',
		'another password'
	);
	clearInterval(timer);
	expect(ticks).toBeGreaterThan(5);
});
