import { parseArgs } from 'node:util';
import { isClientId } from '#lib/server/config/clients.ts';
import { createToken, hashToken } from '#lib/server/crypto/random.ts';
import { exitStatus } from '#lib/server/exit-status.ts';

const usage = `usage: npm run clients -- new NAME

  Makes a secret for a service that introspects tokens (POST /introspect), and prints it once with the entry for CLIENTS.
  NAME is the id of the client: 1 to 64 letters, digits and - . _ ~`;

/** `clients`: exits with 0 on success and 2 for invalid arguments. */
export async function runClients(args: string[]): Promise<number> {
	const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
	const [command, id = '', ...rest] = positionals;
	if (command !== 'new' || !isClientId(id) || rest.length > 0) {
		console.error(usage);
		return exitStatus.usage;
	}
	const secret = createToken();
	console.log(
		`The id of the client and its secret, which is not stored:

  ${id}
  ${secret}

Add this to .env (separate several entries with commas) and restart the service:

  CLIENTS=${id}:${hashToken(secret)}`
	);
	return 0;
}
