import { describe, expect, test } from 'vitest';
import { loadArgon2 } from './load-argon2.ts';
import { readStoredHash } from './stored-hash.ts';

const [argon2] = loadArgon2().implementations;
const memoryKib = 256 * 1024;

async function judge(stored: string): Promise<'verifiable' | 'too_costly' | 'unrecognised'> {
	const reading = await readStoredHash(stored, memoryKib);
	return typeof reading === 'object' ? 'verifiable' : (reading ?? 'unrecognised');
}

async function verify(stored: string, password: string): Promise<boolean> {
	const reading = await readStoredHash(stored, memoryKib);
	if (typeof reading !== 'object') throw new Error(`${stored} is ${reading ?? 'unrecognised'}`);
	return reading.verify(password, argon2);
}

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64').replaceAll('=', '');
const ab64 = (hex: string) => base64(hex).replaceAll('+', '.');

/** RFC 7914 §12, the second and the third vector. */
const scryptOfPassword =
	'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640';
const scryptOfLetMeIn =
	'7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887';
/** The inputs of RFC 6070 with SHA-256: two rounds over "password" and "salt". */
const pbkdf2OfPassword = 'ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43';
const longPassword =
	'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored';

test('a hash that needs more memory than there is for all hashes is too costly', async () => {
	const stored = `$scrypt$ln=16,r=8,p=1$TmFDbA$${base64(scryptOfPassword)}`;
	expect(await readStoredHash(stored, 60 * 1024)).toBe('too_costly');
	expect(await readStoredHash(stored, 65 * 1024)).toMatchObject({ memoryKib: 64 * 1024 + 1 });
});

describe('published hashes are known, and only with their password', () => {
	test.for([
		['crypt_blowfish', 'U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
		['crypt_blowfish as 2b', 'U*U', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
		['crypt_blowfish as 2y', 'U*U*', '$2y$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK'],
		['crypt_blowfish', longPassword, '$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui'],
		['jBCrypt', 'abc', '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i'],
		['PHP', 'rasmuslerdorf', '$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq'],
		[
			'argon2',
			'password',
			'$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA'
		],
		[
			'argon2',
			'password',
			'$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHQ$T/XOJ2mh1/TIpJHfCdQan76Q5esCFVoT5MAeIM1Oq2E'
		],
		[
			'argon2',
			'password',
			'$argon2i$v=16$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY'
		],
		['argon2', 'password', '$argon2i$m=256,t=2,p=2$c29tZXNhbHQ$tsEVYKap1h6scGt5ovl9aLRGOqOth+AMB+KwHpDFZPs'],
		[
			'argon2',
			'password',
			'$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'
		],
		['libar2', '', '$argon2d$v=16$m=8,t=1,p=1$ICAgICAgICA$X54KZYxUSfMUihzebb70sKbheabHilo8gsUldrVU4IU'],
		['Django', 'lètmein', 'pbkdf2_sha256$390000$seasalt$8xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c='],
		['RFC 6070', 'password', `pbkdf2_sha256$2$salt$${base64(pbkdf2OfPassword)}=`],
		['RFC 6070', 'password', `$pbkdf2-sha256$2$c2FsdA$${ab64(pbkdf2OfPassword)}`],
		[
			'Passlib',
			'password',
			'$pbkdf2-sha256$1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ'
		],
		[
			'Passlib',
			'password',
			'$scrypt$ln=8,r=8,p=1$WKs1xljLudd6z9kbY0wpJQ$yCR4iDZYDKv+iEJj6yHY0lv/epnfB6f/w1EbXrsJOuQ'
		],
		['RFC 7914', 'password', `$scrypt$ln=10,r=8,p=16$TmFDbA$${base64(scryptOfPassword)}`],
		['RFC 7914', 'pleaseletmein', `$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$${base64(scryptOfLetMeIn)}`]
	])('%s: %s %s', async ([, password = '', stored = '']) => {
		expect(await verify(stored, password)).toBe(true);
		expect(await verify(stored, `x${password}`)).toBe(false);
	});
});

describe('bcrypt', () => {
	const stored = '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW';

	test('counts the first 72 bytes, as the source did', async () => {
		const long = '$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui';
		expect(await verify(long, `${longPassword.slice(0, 72)}another end`)).toBe(true);
		expect(await verify(long, longPassword.slice(0, 71))).toBe(false);
	});

	test('does not stop at a NUL', async () => {
		expect(await verify(stored, 'U*U\0')).toBe(false);
		expect(await verify(stored, 'U*U\0more')).toBe(false);
	});

	test('reads past bits that belong to nothing', async () => {
		expect(await verify(stored.replace('C.E5', 'C/E5').replace(/W$/, 'X'), 'U*U')).toBe(true);
	});

	test('leaves the event loop free', async () => {
		let ticks = 0;
		const timer = setInterval(() => ticks++, 5);
		await verify(stored.replace('$05$', '$11$'), 'U*U');
		clearInterval(timer);
		expect(ticks).toBeGreaterThan(5);
	});
});

test.for([
	['$2b$16$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
	['$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
	['$argon2id$v=19$m=262145,t=1,p=1$c29tZXNhbHQ$c29tZWhhc2g'],
	['$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$c29tZWhhc2g'],
	['$argon2id$v=19$m=8,t=21,p=1$c29tZXNhbHQ$c29tZWhhc2g'],
	['$argon2id$v=19$m=128,t=1,p=9$c29tZXNhbHQ$c29tZWhhc2g'],
	['$argon2id$v=19$m=262144,t=5,p=1$c29tZXNhbHQ$c29tZWhhc2g'],
	[`pbkdf2_sha256$5000001$salt$${base64(pbkdf2OfPassword)}`],
	[`$pbkdf2-sha256$4294967295$c2FsdA$${ab64(pbkdf2OfPassword)}`],
	[`$scrypt$ln=18,r=8,p=1$TmFDbA$${base64(scryptOfPassword)}`],
	[`$scrypt$ln=10,r=8,p=513$TmFDbA$${base64(scryptOfPassword)}`],
	[`$scrypt$ln=1,r=9999999,p=1$TmFDbA$${base64(scryptOfPassword)}`],
	['$wp$2y$16$gN3SQdbNc/cVlK7DylUiVumiuujud7lR0h5J4M2ZsNRMYOFbED16q'],
	['argon2$argon2id$v=19$m=262145,t=1,p=1$c29tZXNhbHQ$c29tZWhhc2g'],
	[`scrypt:262144:8:1$SodiumChloride$${scryptOfLetMeIn}`],
	[`scrypt:4294967296:8:1$SodiumChloride$${scryptOfLetMeIn}`],
	[`pbkdf2:sha256:5000001$salt$${pbkdf2OfPassword}`],
	['$5$rounds=1000001$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
	['$P$JIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
	// Four billion rounds.
	['AQAAAAH/////AAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw=='],
	[`$scrypt$ln=2000,r=8,p=1$TmFDbA$${base64(scryptOfPassword)}`]
])('%s is too costly', async ([stored = '']) => {
	expect(await judge(stored)).toBe('too_costly');
});

test.for([
	[''],
	['password'],
	['5f4dcc3b5aa765d61d8327deb882cf99'],
	['!'],
	['$2b$12$short'],
	['$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
	['$2b$32$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
	['$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe\n'],
	['*'],
	['!!'],
	['{noop}password'],
	['{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g='],
	['{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g'.slice(0, -2)],
	['$1$oKnN0HHt$Aul2g/J4edgga3WE/03cN/'],
	['$5$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl'],
	['$P$5IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'.replace('$5', '$1')],
	['scrypt:16385:8:1$SodiumChloride$00112233445566778899aabbccddeeff'],
	['00112233445566778899aabbccddeeff:0011'],
	['AAABAgMEBQYHCAkKCwwNDg+ukCEMDf0yyQ29NYubggE='],
	['AQAAAAP/////AAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw=='],
	['$argon2id$'],
	['$argon2id$v=19$m=banana,t=2,p=1$c29tZXNhbHQ$c29tZWhhc2g'],
	['$argon2id$v=18$m=256,t=2,p=1$c29tZXNhbHQ$c29tZWhhc2g'],
	['$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$c29tZWhhc2g'],
	['$argon2id$v=19$m=256,t=02,p=1$c29tZXNhbHQ$c29tZWhhc2g'],
	['$argon2id$v=19$m=7,t=1,p=1$c29tZXNhbHQ$c29tZWhhc2g'],
	['$argon2id$v=19$m=256,t=2,p=1$c2FsdA$c29tZWhhc2g'],
	['$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$'],
	['$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$c29tZWhhc2g$more'],
	['pbkdf2_sha256$0$salt$eLAiQ2Fg'],
	['pbkdf2_sha256$1000$salt$c2hvcnQ='],
	['pbkdf2_sha256$1000$salt$'],
	['$pbkdf2-sha256$-1$c2FsdA$c29tZWhhc2g'],
	['$scrypt$ln=0,r=8,p=1$TmFDbA$c29tZWhhc2hvZmVub3VnaGxlbmd0aA'],
	['$scrypt$ln=10,r=0,p=1$TmFDbA$c29tZWhhc2hvZmVub3VnaGxlbmd0aA'],
	['$scrypt$ln=10,r=8,p=1$TmFDbA$'],
	[`$scrypt$ln=10,r=8,p=1$${'A'.repeat(300)}$c29tZWhhc2hvZmVub3VnaGxlbmd0aA`]
])('%j is not recognised', async ([stored = '']) => {
	expect(await judge(stored)).toBe('unrecognised');
});
