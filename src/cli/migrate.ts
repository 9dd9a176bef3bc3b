import { parseArgs } from 'node:util';
import type { Config } from '#lib/server/config/config.ts';
import { connect } from '#lib/server/db/connect.ts';
import { findPendingMigrations, migrate, migrationTimeoutMs } from '#lib/server/db/migrate.ts';
import { describeStartFault } from '#lib/server/db/start-fault.ts';
import { createLog } from '#lib/server/log.ts';

/** `migrate`: what the start of the service does to the schema, by hand. */
export async function runMigrate(args: string[], readConfig: () => Config): Promise<number> {
	const { values } = parseArgs({ args, options: { plan: { type: 'boolean', default: false } } });
	const config = readConfig();
	const db = connect(config, migrationTimeoutMs);
	try {
		const pending = await findPendingMigrations(db);
		if (pending.length === 0) console.log('The schema is current.');
		else if (values.plan) console.log(['Would run:', ...pending.map((name) => `  ${name}`)].join('\n'));
		else await migrate(db, await createLog(config.logLevel, config.appName));
		return 0;
	} catch (error) {
		const fault = describeStartFault(error, config);
		if (!fault) throw error;
		console.error(fault.message);
		return fault.exitStatus;
	} finally {
		await db.destroy();
	}
}
