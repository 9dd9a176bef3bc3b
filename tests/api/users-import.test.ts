import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hashSync } from 'bcryptjs';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli } from '../support/service/cli.ts';
import { request } from '../support/http/http.ts';
import { useService } from '../support/service/use-service.ts';
import { uniqueEmail } from '../support/people/users.ts';

const service = useService();
const folder = mkdtempSync(path.join(os.tmpdir(), 'um-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const password = 'correct horse battery';
const hash = hashSync(password, 12);
let files = 0;

function file(extension: string, content: string): string {
	const name = path.join(folder, `users-${files++}.${extension}`);
	writeFileSync(name, content);
	return name;
}

const jsonLines = (rows: unknown[]) => file('jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
const csv = (...lines: string[]) => file('csv', lines.join('\r\n'));

function runImport(from: string, ...args: string[]) {
	return runCli(['users', 'import', '--from', from, ...args], {
		DATA_DIR: service.dataDir,
		...service.database.environment
	});
}

async function findUser(email: string) {
	const [row] = await service.database.query('select * from users where email = ?', [email]);
	return row;
}

async function countUsers() {
	const [row] = await service.database.query('select count(*) as users from users');
	return Number(row?.users);
}

const logIn = (email: string) =>
	request(service.origin, { method: 'POST', path: '/token', json: { email, password } });

test('a CSV file: users log in with the password they had', async () => {
	const [ann, bob] = [uniqueEmail('ann'), uniqueEmail('bob')];
	const source = csv(
		'id,email,hashed_password,first_name,last_name,role,created_at',
		`1, ${ann.toUpperCase()} ,${hash},Ann,"Lee, ""Junior""",admin,2020-01-02T03:04:05Z`,
		`2,${bob},${hash},,,,1577934245000`
	);
	const { status, stdout } = await runImport(source);
	expect(stdout).toBe('2 rows: 2 imported, 0 already existed, 0 skipped\n');
	expect(status).toBe(0);
	expect(await findUser(ann)).toMatchObject({
		id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7/),
		hashed_password: hash,
		first_name: 'Ann',
		last_name: 'Lee, "Junior"',
		role: 'admin',
		created_at: 1577934245000
	});
	expect(await findUser(bob)).toMatchObject({
		first_name: bob.split('@')[0],
		last_name: '-',
		role: 'user',
		created_at: 1577934245000
	});
	expect((await logIn(ann)).status).toBe(200);
	expect((await findUser(ann))?.hashed_password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('JSON lines, in more than one batch; a second run takes nothing and changes nothing', async () => {
	const rows = Array.from({ length: 1_203 }, (_, index) => ({
		email: uniqueEmail(`n${index}`),
		hashed_password: hash,
		first_name: 'Nora',
		last_name: 'Ö'
	}));
	const source = jsonLines(rows);
	const before = await countUsers();
	const first = await runImport(source);
	expect([first.stdout, first.status]).toEqual([
		'1203 rows: 1203 imported, 0 already existed, 0 skipped\n',
		0
	]);
	const email = rows[1_202]?.email ?? '';
	expect((await logIn(email)).status).toBe(200);
	const replaced = await findUser(email);
	const second = await runImport(source);
	expect([second.stdout, second.status]).toEqual([
		'1203 rows: 0 imported, 1203 already existed, 0 skipped\n',
		0
	]);
	expect(await findUser(email)).toEqual(replaced);
	expect(await countUsers()).toBe(before + 1_203);
});

describe('rows that cannot become users', () => {
	const valid = uniqueEmail('valid');
	const faulty = [
		[{ email: 'no address', hashed_password: hash }, 'email_invalid', 'n***'],
		[{ hashed_password: hash }, 'email_invalid', '(none)'],
		[{ email: ` ${valid.toUpperCase()}`, hashed_password: hash }, 'duplicate', expect.any(String)],
		['not an object', 'unreadable', '(none)']
	] as const;
	const source = jsonLines([{ email: valid, hashed_password: hash }, ...faulty.map(([row]) => row)]);
	const report = path.join(folder, 'report.jsonl');

	test('are reported by a dry run as by a real one, which takes the others', async () => {
		const before = await countUsers();
		const dry = await runImport(source, '--dry-run', '--report', report);
		expect(dry.status).toBe(1);
		expect(dry.stdout).toMatch(/^5 rows: 1 would be imported, 0 already existed, 4 skipped\n/);
		expect(await countUsers()).toBe(before);

		const real = await runImport(source);
		expect(real.status).toBe(1);
		expect(real.stdout).toBe(dry.stdout.replace('1 would be imported', '1 imported'));
		expect(await countUsers()).toBe(before + 1);
		for (const secret of [hash, valid, 'no address']) {
			expect(real.stdout + real.stderr).not.toContain(secret);
		}
	});

	test('are listed with number and reason, without what they hold', () => {
		const text = readFileSync(report, 'utf8');
		const lines = text.trim().split('\n');
		expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
			expect.arrayContaining(
				faulty.map(([, reason, email], index) => ({
					row: index + 2,
					email,
					imported: false,
					reason,
					detail: expect.any(String)
				}))
			)
		);
		expect(lines).toHaveLength(faulty.length);
		expect(text).not.toContain('$2');
	});
});

test('a CSV row with a cell too many is skipped, the next one taken', async () => {
	const email = uniqueEmail();
	const source = csv('email,hashed_password', `x@example.org,${hash},more`, '', `${email},${hash}`);
	const { status, stdout } = await runImport(source);
	expect(status).toBe(1);
	expect(stdout).toContain('2 rows: 1 imported, 0 already existed, 1 skipped');
	expect(stdout).toContain('row 1  (none)  the row cannot be read');
	expect(await findUser(email)).toBeDefined();
});
