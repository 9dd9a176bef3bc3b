import type { Config } from '#lib/server/config/config.ts';
import { findClockFaults } from '#lib/server/correct-clock-faults.ts';
import { connect, lacksDatabase } from '#lib/server/db/connect.ts';
import { type DatabaseFacts, inspectDatabase } from '#lib/server/db/inspect.ts';
import { findPendingMigrations } from '#lib/server/db/migrate.ts';
import type { Db } from '#lib/server/db/tables.ts';
import { describeStartFault } from '#lib/server/db/start-fault.ts';
import { failure, type Finding, ok, warning } from './finding.ts';

const skewWarningMs = 2_000;
const slowMs = 100;

export async function checkDatabase(config: Config): Promise<Finding[]> {
	if (lacksDatabase(config)) return [ok('database', 'embedded, not created yet: the first start creates it')];
	const db = connect(config);
	try {
		const facts = await inspectDatabase(db, config.database);
		const pending = await findPendingMigrations(db);
		return [
			checkEngine(facts),
			...checkCharacters(facts),
			...checkPrivileges(facts, config),
			...checkClock(facts),
			...(await checkStoredTimes(db, pending)),
			checkSchema(pending)
		];
	} catch (error) {
		const fault = describeStartFault(error, config);
		if (fault) return [failure('database', fault.message, 'the service does not start until this is fixed')];
		return [failure('database', (error as Error).message, 'start the database, or check its host and port')];
	} finally {
		await db.destroy();
	}
}

function checkEngine({ name, version, isSupported, roundTripMs }: DatabaseFacts): Finding {
	const message = `${name} ${version}, answers in ${roundTripMs.toFixed(1)} ms`;
	if (!isSupported) return failure('database', message, 'use MySQL 8.4 or newer, or MariaDB 10.11 or newer');
	return roundTripMs > slowMs
		? warning('database', message, 'run the database closer to the service')
		: ok('database', message);
}

function checkCharacters({ characterSet, emailCollation }: DatabaseFacts): Finding[] {
	if (characterSet === undefined) return [];
	const isValid =
		characterSet === 'utf8mb4' && (emailCollation === undefined || emailCollation === 'utf8mb4_bin');
	const message = `${characterSet}, email addresses in ${emailCollation ?? 'no table yet'}`;
	return [
		isValid ? ok('characters', message) : failure('characters', message, 'convert the tables to utf8mb4_bin')
	];
}

function checkPrivileges(
	{ account, missingPrivileges, globalPrivileges }: DatabaseFacts,
	config: Config
): Finding[] {
	if (account === undefined || config.database.engine !== 'mysql') return [];
	const { database } = config.database;
	if (missingPrivileges.length > 0) {
		const remedy = `GRANT ${missingPrivileges.join(', ')} ON ${database}.* TO ${account}`;
		return [failure('privileges', `${account} lacks ${missingPrivileges.join(', ')}`, remedy)];
	}
	if (globalPrivileges.length > 0) {
		const remedy = `give the service an account with privileges on ${database} only`;
		return [warning('privileges', `${account} has privileges on the whole server`, remedy)];
	}
	return [ok('privileges', `${account} has the required privileges, on ${database} only`)];
}

function checkClock({ clockSkewMs }: DatabaseFacts): Finding[] {
	if (clockSkewMs === undefined) return [];
	const message = `differs from the database's by ${Math.abs(clockSkewMs)} ms`;
	if (Math.abs(clockSkewMs) <= skewWarningMs) return [ok('clock', message)];
	return [
		warning('clock', message, 'synchronise both machines with NTP: tokens and sessions depend on the time')
	];
}

/** With an older schema, a table may be missing. */
async function checkStoredTimes(db: Db, pending: string[]): Promise<Finding[]> {
	const tables = pending.length > 0 ? [] : await findClockFaults(db);
	if (tables.length === 0) return [];
	const message = `${tables.join(', ')} contain times in the future: a clock was ahead, or this one is behind`;
	return [warning('clock', message, 'check the clock, then restart the service, which corrects them')];
}

function checkSchema(pending: string[]): Finding {
	if (pending.length === 0) return ok('schema', 'current');
	return warning('schema', `pending: ${pending.join(', ')}`, 'start the service, or run npm run migrate');
}
