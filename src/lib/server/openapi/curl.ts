import { formType } from '../http/body.ts';
import type { Body, Security } from '../http/operation.ts';

/** What the shell is to know, for each way to say who is asking. */
const credentialsOf: Record<Security, string | undefined> = {
	accessToken: '-H "Authorization: Bearer $ACCESS_TOKEN"',
	session: undefined,
	client: '-u "$CLIENT_ID:$CLIENT_SECRET"',
	none: undefined
};

/** How to ask from a shell, a command for each type of body. */
export function curlOf(
	operation: string,
	{ origin, security, bodies }: { origin: string; security: Security; bodies: [string, Body][] }
): string[] {
	const [, path = ''] = operation.split(' ');
	const credentials = credentialsOf[security];
	const start = [`curl ${origin}${path}`, ...(credentials ? [credentials] : [])];
	const lists = bodies.length > 0 ? bodies.map(([type, { example }]) => argumentsOf(type, example)) : [[]];
	return lists.map((list) => [...start, ...list].join(' \\\n  '));
}

function argumentsOf(type: string, example: object): string[] {
	return type === formType
		? Object.entries(example).map(([name, value]) => `--data-urlencode ${quote(`${name}=${value}`)}`)
		: [`-H ${quote(`Content-Type: ${type}`)}`, `-d ${quote(JSON.stringify(example))}`];
}

/** One argument of a POSIX shell. */
function quote(text: string): string {
	return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
