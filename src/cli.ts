import { type Config, parseConfig } from '#lib/server/config/config.ts';
import { ConfigError } from '#lib/server/config/config-error.ts';
import { readEnvironment } from '#lib/server/config/values.ts';
import { exitStatus } from '#lib/server/exit-status.ts';
import { runClients } from './cli/clients.ts';
import { runDoctor } from './cli/doctor.ts';
import { runKeys } from './cli/keys.ts';
import { runMigrate } from './cli/migrate.ts';
import { runUsers } from './cli/users.ts';

const usage = `usage: node build/cli.js <command>

  clients new NAME   makes a secret for a service that introspects tokens
  doctor [--json]    checks the settings, the database and the machine
  keys               lists, rotates and revokes the keys that sign tokens; run it without arguments for help
  migrate [--plan]   upgrades the schema to this version; --plan only lists the migrations
  users import       imports users from another system; run it without arguments for help`;

/** Each command reads its own arguments and returns an exit status. */
const commands: Record<string, (args: string[], readConfig: () => Config) => Promise<number>> = {
	clients: runClients,
	doctor: runDoctor,
	keys: runKeys,
	migrate: runMigrate,
	users: runUsers
};

const [name = '', ...args] = process.argv.slice(2);
process.exitCode = await run();

async function run(): Promise<number> {
	if (['--help', '-h', 'help'].includes(name)) {
		console.log(usage);
		return 0;
	}
	const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (!command) {
		console.error(name ? `There is no command "${name}".\n${usage}` : usage);
		return exitStatus.usage;
	}
	try {
		return await command(args, () => parseConfig(readEnvironment()));
	} catch (error) {
		console.error(error instanceof Error ? error.message : String(error));
		if (error instanceof ConfigError) return exitStatus.config;
		return String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS') ? exitStatus.usage : 1;
	}
}
