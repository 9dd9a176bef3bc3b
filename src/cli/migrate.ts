import { parseArgs } from 'node:util';
import type { Config } from '#lib/server/config/config.ts';
import { connect, lacksDatabase } from '#lib/server/db/connect.ts';
import {
	findPendingMigrations,
	migrate,
	migrationNames,
	migrationTimeoutMs
} from '#lib/server/db/migrate.ts';
import { describeStartFault } from '#lib/server/db/start-fault.ts';
import { createLog } from '#lib/server/log.ts';

/** `migrate`: upgrades the schema as the start of the service does. */
export async function runMigrate(args: string[], readConfig: () => Config): Promise<number> {
	const { values } = parseArgs({ args, options: { plan: { type: 'boolean', default: false } } });
	const config = readConfig();
	if (values.plan && lacksDatabase(config)) return showPlan(migrationNames);
	const db = connect(config, { queryTimeoutMs: migrationTimeoutMs });
	try {
		const pending = await findPendingMigrations(db);
		if (values.plan || pending.length === 0) return showPlan(pending);
		await migrate(db, await createLog(config.logLevel, config.appName));
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

function showPlan(pending: readonly string[]): number {
	const lines = pending.map((name) => `  ${name}`);
	console.log(lines.length === 0 ? 'The schema is current.' : ['Would run:', ...lines].join('\n'));
	return 0;
}
