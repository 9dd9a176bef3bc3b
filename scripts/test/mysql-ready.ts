import { setTimeout } from 'node:timers/promises';
import mysql from 'mysql2/promise';

/** Waits until the server lets the account in; false when it has ended or the time is over. */
export async function untilMysqlAnswers(
	url: string,
	seconds: number,
	hasEnded: () => boolean = () => false
): Promise<boolean> {
	const deadline = performance.now() + seconds * 1000;
	while (performance.now() < deadline && !hasEnded()) {
		try {
			const connection = await mysql.createConnection(url);
			await connection.query('select 1');
			await connection.end();
			return true;
		} catch {
			await setTimeout(100);
		}
	}
	return false;
}
