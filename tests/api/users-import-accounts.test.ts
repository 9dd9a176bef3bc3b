import { createHash } from 'node:crypto';
import { hashSync } from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { findStoredUser, importRows } from '../support/service/import-users.ts';
import { request } from '../support/http/http.ts';
import { useService } from '../support/service/use-service.ts';
import { uniqueEmail } from '../support/people/users.ts';

const service = useService({ env: { HASH_MEMORY_MB: '60' } });
const bcrypt = hashSync('correct horse battery', 4);

const logIn = (email: string, password: string) =>
	request(service.origin, { method: 'POST', path: '/token', json: { email, password } });

describe('a user logs in with the password of the other system, and then has a hash of this one', () => {
	// Vectors of the projects themselves; their sources are in foreign.test.ts.
	const formats = [
		['Spring', 'correct horse battery', `{bcrypt}${bcrypt}`],
		[
			'Django argon2',
			'password',
			'argon2$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
		],
		[
			'Django bcrypt_sha256',
			'password',
			`bcrypt_sha256$${hashSync(createHash('sha256').update('password').digest('hex'), 4)}`
		],
		[
			'Django scrypt',
			'lètmein',
			'scrypt$16384$seasalt$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQwite/Pw=='
		],
		[
			'Werkzeug scrypt',
			'pleaseletmein',
			'scrypt:16384:8:1$SodiumChloride$7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887'
		],
		[
			'Werkzeug PBKDF2',
			'password',
			'pbkdf2:sha256:2$salt$ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43'
		],
		['phpass', 'test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
		['phpBB', 'test1', '$H$9aaaaaSXBjgypwqm.JsMssPLiS8YQ00'],
		['crypt(3) $5$', 'Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
		[
			'crypt(3) $6$',
			'Hello world!',
			'$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1'
		],
		['LDAP {SSHA}', 'testing123', '{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr'],
		['crypt_blowfish $2x$', 'U*U', '$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
		[
			'ASP.NET Identity 2',
			'my password',
			'ANXrDknc7fGPpigibZXXZFMX4aoqz44JveK6jQuwY3eH/UyPhvr5xTPeGYEckLxz9A=='
		],
		['ASP.NET Identity 3', 'my password', 'AQAAAAAAAAD6AAAAEAhftMyfTJylOlZT+eEotFXd1elee8ih5WsjXaR3PA9M'],
		[
			'Better Auth',
			'pässword ﬁve',
			'00112233445566778899aabbccddeeff:894ee95d7a2da3d32b0a31788fbd5de12d0d6660d8a17dee1956ddf39646a600ff34a27f34059b32d818ecb32eb3961fda4758d70fda967d7921cc2db91f25ee'
		]
	] as const;

	test('in each format', async () => {
		const users = formats.map(([name, password, hashed_password]) => ({
			name,
			password,
			row: { email: uniqueEmail(), hashed_password }
		}));
		const { stdout, status } = await importRows(
			service,
			users.map(({ row }) => row)
		);
		expect([stdout, status]).toEqual(['15 rows: 15 imported, 0 already existed, 0 skipped\n', 0]);
		for (const { name, password, row } of users) {
			expect([name, (await logIn(row.email, `x${password}`)).status]).toEqual([name, 401]);
			expect([name, (await logIn(row.email, password)).status]).toEqual([name, 200]);
			expect((await findStoredUser(service, row.email))?.hashed_password).toMatch(
				/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/
			);
			expect([name, (await logIn(row.email, password)).status]).toEqual([name, 200]);
		}
	});
});

test('users without a usable hash are imported without a password, and the report counts them', async () => {
	const hashes = {
		'!': 'hash_missing',
		'!aP7cgJ5RVqUkPOEaWTpj': 'hash_missing',
		'*': 'hash_missing',
		'': 'hash_missing',
		md5$x$y: 'hash_unrecognised',
		'{noop}password': 'hash_unrecognised',
		[bcrypt.replace('$04$', '$31$')]: 'hash_too_costly',
		// 64 MiB, more than all hashes may take together.
		[`scrypt:65536:8:1$salt$${'00'.repeat(64)}`]: 'hash_too_costly'
	};
	const rows = [
		...Object.keys(hashes).map((hashed_password) => ({ email: uniqueEmail(), hashed_password })),
		{ email: uniqueEmail(), hashed_password: null },
		{ email: uniqueEmail() },
		{ email: uniqueEmail(), hashed_password: 12 }
	];
	const { stdout, status } = await importRows(service, rows);
	expect(status).toBe(0);
	expect(stdout).toContain('11 rows: 11 imported, 0 already existed, 0 skipped\n');
	expect(stdout).toContain('11 of the imported have no password: ');
	expect(stdout).toContain('6 × no password hash: imported without a password');
	expect(stdout).toContain('3 × the format of the password hash is unknown');
	expect(stdout).toContain('2 × the password hash costs more than is allowed');
	for (const { email, hashed_password } of rows) {
		expect(await findStoredUser(service, email)).toMatchObject({ hashed_password: '!' });
		const password = typeof hashed_password === 'string' && hashed_password ? hashed_password : '!';
		expect((await logIn(email, password)).status).toBe(401);
	}
});

describe('an address that was registered here before the import', () => {
	const password = 'four calm green words';
	const person = { first_name: 'Mal', last_name: 'Lory', password };

	async function register() {
		const email = uniqueEmail();
		const json = { email, ...person };
		expect((await request(service.origin, { method: 'POST', path: '/register', json })).status).toBe(201);
		const answer = await request(service.origin, {
			method: 'POST',
			path: '/token',
			json: { email, password, offline: true }
		});
		return { email, tokens: answer.json as { access_token: string; refresh_token: string } };
	}

	test('is reported with exit status 1, and stays', async () => {
		const { email } = await register();
		const before = await findStoredUser(service, email);
		const { stdout, status } = await importRows(service, [{ email, hashed_password: bcrypt }]);
		expect(status).toBe(1);
		expect(stdout).toContain('1 rows: 0 imported, 0 already existed, 1 skipped');
		expect(stdout).toContain('--replace-unverified replaces it');
		expect(await findStoredUser(service, email)).toEqual(before);
	});

	test('is replaced with --replace-unverified, and its tokens end', async () => {
		const { email, tokens } = await register();
		const row = { email, hashed_password: bcrypt, first_name: 'Ann' };
		const dry = await importRows(service, [row], '--replace-unverified', '--dry-run');
		expect([dry.stdout, dry.status]).toEqual([
			'1 rows: 1 would be imported, 0 already existed, 0 skipped\n1 of the imported replace unverified accounts\n',
			0
		]);
		expect((await logIn(email, password)).status).toBe(200);
		const real = await importRows(service, [row], '--replace-unverified');
		expect(real.status).toBe(0);
		expect(await findStoredUser(service, email)).toMatchObject({
			first_name: 'Ann',
			hashed_password: bcrypt
		});
		expect((await logIn(email, password)).status).toBe(401);
		const me = await request(service.origin, {
			path: '/me',
			headers: { authorization: `Bearer ${tokens.access_token}` }
		});
		expect(me.status).toBe(401);
		const refreshed = await request(service.origin, {
			method: 'POST',
			path: '/token',
			json: { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
		});
		expect(refreshed.status).toBe(400);
		expect((await logIn(email, 'correct horse battery')).status).toBe(200);
	});

	test('is kept by a user who verified it, or was imported and has logged in', async () => {
		const verified = await register();
		await service.database.query('update users set email_verified_at = 1 where email = ?', [verified.email]);
		const imported = { email: uniqueEmail(), hashed_password: bcrypt };
		await importRows(service, [imported]);
		expect((await logIn(imported.email, 'correct horse battery')).status).toBe(200);
		const rows = [imported, { email: verified.email, hashed_password: bcrypt }];
		const before = await Promise.all(rows.map(({ email }) => findStoredUser(service, email)));
		const { stdout, status } = await importRows(service, rows, '--replace-unverified');
		expect([stdout, status]).toEqual(['2 rows: 0 imported, 2 already existed, 0 skipped\n', 0]);
		expect(await Promise.all(rows.map(({ email }) => findStoredUser(service, email)))).toEqual(before);
	});
});
