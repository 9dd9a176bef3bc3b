import { eraseAccount } from '#lib/server/account/erase-account.ts';
import type { Config } from '#lib/server/config/config.ts';
import { readEnvironment, SettingValues } from '#lib/server/config/values.ts';
import { connect } from '#lib/server/db/connect.ts';
import { findPendingMigrations } from '#lib/server/db/migrate.ts';
import { describeStartFault } from '#lib/server/db/start-fault.ts';
import { exitStatus } from '#lib/server/exit-status.ts';
import { UnavailableError } from '#lib/server/outcome.ts';
import { importUsers, type ImportCounts } from '#lib/server/users/import.ts';
import { ImportReport } from './import-report.ts';
import { type ImportArguments, importUsage, readImportArguments } from './import-arguments.ts';
import { readFile } from './sources/file.ts';
import { readMysql } from './sources/mysql.ts';
import { SourceError, type SourceRow } from './sources/source.ts';

/**
 * `users import`: exits with 0 when every row is now a user, 1 when rows were skipped or the source cannot be read,
 * and 2 for invalid arguments. An address that belongs to an unverified account counts as skipped.
 */
export async function runUsers(args: string[], readConfig: () => Config): Promise<number> {
	const read = readImportArguments(args);
	if (typeof read === 'string') {
		console.error(read ? `${read}\n${importUsage}` : importUsage);
		return exitStatus.usage;
	}
	const config = readConfig();
	const report = new ImportReport(read);
	const db = connect(config);
	try {
		const [pending] = await findPendingMigrations(db);
		if (pending) throw new SourceError('The schema is not current: run npm run migrate first');
		const counts = await importUsers(db, openSource(read), {
			isDryRun: read.isDryRun,
			isUtc: read.isUtc,
			eraseUnverified: read.replacesUnverified ? eraseAccount : undefined,
			hashMemoryKib: config.hashMemoryMb * 1024,
			now: new Date(),
			onRemark: (row, email, why) => report.add(row, email, why),
			onProgress: (reached) => report.showProgress(reached)
		});
		await report.finish(counts);
		return hasSkipped(counts) ? 1 : 0;
	} catch (error) {
		const fault = describeStartFault(error, config);
		await report.stop();
		if (!fault && !(error instanceof SourceError) && !(error instanceof UnavailableError)) throw error;
		console.error(fault?.message ?? describeEnd(error as Error));
		return fault?.exitStatus ?? 1;
	} finally {
		await db.destroy();
	}
}

function openSource({ from, table }: ImportArguments): AsyncIterable<SourceRow> {
	if (from instanceof URL) {
		const values = new SettingValues(readEnvironment());
		const password = values.secret('IMPORT_PASSWORD') ?? '';
		const [problem] = values.problems;
		if (problem) throw new SourceError(`${problem.variable}: ${problem.problem}`);
		return readMysql(from, { table, password });
	}
	return readFile(from);
}

function describeEnd(error: Error): string {
	if (error instanceof SourceError) return error.message;
	return `The database does not answer (${error.message}). Every row was imported completely or not at all: run the command again later`;
}

function hasSkipped({ read, taken, notTaken }: ImportCounts): boolean {
	return read > taken + (notTaken.already_there ?? 0);
}
