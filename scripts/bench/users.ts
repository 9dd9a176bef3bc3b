import { randomUUIDv7 } from 'node:crypto';
import type { Service } from '../../tests/support/service/service.ts';
import { register } from '../../tests/support/people/users.ts';
import { emailOf, password } from './tasks.ts';

/** SQLite allows 32,766 parameters in a statement. */
const rowsPerStatement = 4000;
const row = '(?, ?, ?, ?, ?, ?, ?, ?)';

/** Fills the table. All users have the same hash, because hashing a million passwords would take hours. */
export async function fillUsers({ origin, database }: Service, count: number): Promise<void> {
	const { sent } = await register(origin, { password });
	const [found] = await database.query('select hashed_password from users where email = ?', [sent.email]);
	const hash = String(found?.hashed_password);
	const now = Date.now();
	for (let from = 0; from < count; from += rowsPerStatement) {
		const indexes = Array.from(
			{ length: Math.min(rowsPerStatement, count - from) },
			(_, index) => from + index
		);
		await database.query(
			`insert into users (id, email, hashed_password, first_name, last_name, role, created_at, updated_at) values ${indexes.map(() => row).join()}`,
			indexes.flatMap((index) => [
				randomUUIDv7(),
				emailOf(index),
				hash,
				sent.first_name,
				sent.last_name,
				'user',
				now,
				now
			])
		);
	}
}
