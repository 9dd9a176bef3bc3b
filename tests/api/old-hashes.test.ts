import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { useService } from '../support/service/use-service.ts';
import { uniqueEmail } from '../support/people/users.ts';

const service = useService();

/** A user as an import leaves one behind: with a hash that another system made. */
async function storeUser(hash: string): Promise<string> {
	const email = uniqueEmail('old');
	await service.database.query(
		`insert into users (id, email, hashed_password, first_name, last_name, role, created_at, updated_at)
		values (?, ?, ?, 'Ada', 'Lovelace', 'user', 0, 0)`,
		[randomUUID(), email, hash]
	);
	return email;
}

async function readHash(email: string): Promise<string> {
	const rows = await service.database.query('select hashed_password from users where email = ?', [email]);
	return String(rows[0]?.hashed_password);
}

const logIn = (email: string, password: string) =>
	request(service.origin, { method: 'POST', path: '/token', json: { email, password } });

describe('a user with a hash of another system logs in, and has one of ours from then on', () => {
	test.for([
		['bcrypt', 'U*U', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
		['bcrypt of PHP', 'rasmuslerdorf', '$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq'],
		[
			'argon2i',
			'password',
			'$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA'
		],
		[
			'argon2id',
			'password',
			'$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'
		],
		['Django', 'lètmein', 'pbkdf2_sha256$390000$seasalt$8xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c='],
		[
			'Passlib’s PBKDF2',
			'password',
			'$pbkdf2-sha256$1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ'
		],
		[
			'scrypt',
			'password',
			'$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E'
		]
	])('%s', async ([, password = '', hash = '']) => {
		const email = await storeUser(hash);
		expect((await logIn(email, `${password}x`)).status).toBe(401);
		expect(await readHash(email)).toBe(hash);
		for (let time = 0; time < 2; time++) {
			expect((await logIn(email, password)).status).toBe(200);
			expect(await readHash(email)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		}
	});
});

test.for([
	['$argon2id$v=19$m=4194304,t=100,p=1$c29tZXNhbHQ$c29tZWhhc2g'],
	['$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
	['$scrypt$ln=30,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E'],
	['pbkdf2_sha256$4000000000$seasalt$8xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c='],
	['md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3'],
	['']
])('the stored value %j is a wrong password, as quickly as any other', async ([hash = '']) => {
	const email = await storeUser(hash);
	const startedAt = performance.now();
	const answer = await logIn(email, 'password');
	expect(performance.now() - startedAt).toBeLessThan(5_000);
	expect([answer.status, answer.json.code]).toEqual([401, 'invalid_credentials']);
	expect(await readHash(email)).toBe(hash);
});
