import { hashSync } from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import { findStoredUser, importRows, importText } from '../support/service/import-users.ts';
import { useService } from '../support/service/use-service.ts';
import { uniqueEmail } from '../support/people/users.ts';

const service = useService();
const bcrypt = hashSync('correct horse battery', 4);
const day = 24 * 60 * 60 * 1000;

describe('created_at', () => {
	const moment = Date.UTC(2024, 2, 31, 1, 30);
	const certain: [value: unknown, time: number][] = [
		[1711848600000, moment],
		['1711848600', moment],
		[1711848600.25, moment + 250],
		['1711848600250000', moment + 250],
		['2024-03-31T01:30:00Z', moment],
		['2024-03-31T02:30:00.250999+01:00', moment + 250],
		['2024-03-31 03:30:00+02', moment],
		['2024-03-31 01:30:00 UTC', moment],
		['2024-03-31 01:30Z', moment]
	];
	const doubtful = [
		['2024-03-31 02:30:00', 'created_at_unclear'],
		['2024-03-31 02:30:00.123456', 'created_at_unclear'],
		[86400, 'created_at_unclear'],
		['2024-02-30T00:00:00Z', 'created_at_invalid'],
		['0000-00-00 00:00:00', 'created_at_invalid'],
		['last year', 'created_at_invalid'],
		['2999-01-01T00:00:00Z', 'created_at_invalid'],
		[{ seconds: 1 }, 'created_at_invalid']
	] as const;

	test('is taken where unit and time zone are certain', async () => {
		const rows = certain.map(([created_at]) => ({
			email: uniqueEmail(),
			hashed_password: bcrypt,
			created_at
		}));
		const { stdout } = await importRows(service, rows);
		expect(stdout).toBe('9 rows: 9 imported, 0 already existed, 0 skipped\n');
		for (const [index, { email }] of rows.entries()) {
			expect([rows[index]?.created_at, (await findStoredUser(service, email))?.created_at]).toEqual(
				certain[index]
			);
		}
	});

	test('costs a warning and not the user where it is doubtful', async () => {
		const rows = doubtful.map(([created_at]) => ({
			email: uniqueEmail(),
			hashed_password: bcrypt,
			created_at
		}));
		const { stdout, status } = await importRows(service, rows);
		expect(status).toBe(0);
		expect(stdout).toContain('8 rows: 8 imported, 0 already existed, 0 skipped\n');
		expect(stdout).toContain('3 × the unit or time zone of created_at is unclear');
		expect(stdout).toContain('5 × created_at is no time, or is in the future');
		for (const { email } of rows) {
			const age = Date.now() - Number((await findStoredUser(service, email))?.created_at);
			expect(age).toBeLessThan(day);
		}
	});

	test('is UTC without a time zone if the operator says so', async () => {
		const email = uniqueEmail();
		const row = { email, hashed_password: bcrypt, created_at: '2024-03-31 02:30:00.5' };
		await importRows(service, [row], '--utc');
		expect((await findStoredUser(service, email))?.created_at).toBe(Date.UTC(2024, 2, 31, 2, 30, 0, 500));
	});
});

test('a name or a role that cannot be taken costs a warning, and no privilege is guessed', async () => {
	const email = uniqueEmail();
	const row = {
		email,
		hashed_password: bcrypt,
		first_name: 'x'.repeat(101),
		last_name: 'Lee\nJunior\u0000',
		role: 'root'
	};
	const { stdout, status } = await importRows(service, [row]);
	expect(status).toBe(0);
	expect(stdout).toContain('1 × a name was shortened');
	expect(stdout).toContain('1 × the role is neither user nor admin');
	expect(await findStoredUser(service, email)).toMatchObject({
		first_name: 'x'.repeat(100),
		last_name: 'Lee Junior',
		role: 'user'
	});
});

describe('a CSV file on standard input', () => {
	test.for([
		['commas', 'email,hashed_password,last_name', ','],
		['semicolons', 'email;hashed_password;last_name', ';'],
		['tabs', 'email\thashed_password\tlast_name', '\t'],
		['a line sep=;', 'sep=;\r\n"email";"hashed_password";"last_name"', ';']
	] as const)('is read with %s', async ([, header, separator]) => {
		const email = uniqueEmail();
		const { stdout, status } = await importText(
			service,
			`\ufeff${header}\r\n${[email, bcrypt, '"Lee, Ann; Junior"'].join(separator)}\r\n`
		);
		expect([stdout, status]).toEqual(['1 rows: 1 imported, 0 already existed, 0 skipped\n', 0]);
		expect(await findStoredUser(service, email)).toMatchObject({
			hashed_password: bcrypt,
			last_name: 'Lee, Ann; Junior'
		});
	});

	test.for([['NULL'], [String.raw`\N`]])('has no value where it says %s', async ([missing]) => {
		const email = uniqueEmail();
		const row = [email, bcrypt, missing, missing, missing, missing].join();
		const { stdout } = await importText(
			service,
			`email,hashed_password,first_name,last_name,role,created_at\n${row}\n`
		);
		expect(stdout).toBe('1 rows: 1 imported, 0 already existed, 0 skipped\n');
		expect(await findStoredUser(service, email)).toMatchObject({
			first_name: email.split('@')[0],
			last_name: '-'
		});
	});

	test('is refused with a column that it has twice', async () => {
		const { status, stderr } = await importText(
			service,
			`email,hashed_password,Email\na@example.org,x,b@example.org\n`
		);
		expect([status, stderr]).toEqual([
			1,
			'standard input: the first line has the columns email more than once\n'
		]);
	});
});
