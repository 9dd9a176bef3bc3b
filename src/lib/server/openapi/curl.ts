import { formType } from '../http/body.ts';
import type { Body, Security } from '../http/operation.ts';

/** The option of curl that sends the credentials, for each way to authenticate. */
const credentialsOf: Record<Security, string | undefined> = {
	accessToken: '-H "Authorization: Bearer $ACCESS_TOKEN"',
	session: undefined,
	client: '-u "$CLIENT_ID:$CLIENT_SECRET"',
	none: undefined
};

/** Shows how to call an operation from a shell: one command for each type of body. */
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

/** Quotes a text as one argument of a POSIX shell. */
function quote(text: string): string {
	return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
