import { parseArgs } from 'node:util';
import { isClientId } from '#lib/server/config/clients.ts';
import { createToken, hashToken } from '#lib/server/crypto/random.ts';
import { exitStatus } from '#lib/server/exit-status.ts';

const usage = `usage: npm run clients -- new NAME

  Makes a secret for a service that asks about tokens (POST /introspect), and prints it once with the entry for CLIENTS.
  NAME is the client's id: 1 to 64 letters, digits and - . _ ~`;

/** `clients`: status 0 when it is done, 2 for arguments that make no sense. */
export async function runClients(args: string[]): Promise<number> {
	const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
	const [command, id = '', ...rest] = positionals;
	if (command !== 'new' || !isClientId(id) || rest.length > 0) {
		console.error(usage);
		return exitStatus.usage;
	}
	const secret = createToken();
	console.log(
		`The client's id and its secret, which is kept nowhere:

  ${id}
  ${secret}

Set this in .env, with a comma between several, and restart:

  CLIENTS=${id}:${hashToken(secret)}`
	);
	return 0;
}
