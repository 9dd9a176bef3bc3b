import { parseArgs } from 'node:util';

export interface BenchOptions {
	json: boolean;
	/** Users in the table. */
	users: number;
	/** The duration of each turn of a load. */
	seconds: number;
	rival: Rival | undefined;
}

/** Another service, whose logins are measured in turns with ours. */
export interface Rival {
	origin: string;
	path: string;
	/** `{i}` stands for the number of the user. */
	body: string;
	users: number;
}

export const usage =
	'usage: npm run bench -- [--seconds S] [--users N] [--json] [--against ORIGIN --login-path PATH --body BODY [--against-users N]]';

/** @throws an Error whose message is one line for the user of the command */
export function parseOptions(args: string[]): BenchOptions {
	const { values } = parseArgs({
		args,
		options: {
			json: { type: 'boolean', default: false },
			users: { type: 'string', default: '1000' },
			seconds: { type: 'string', default: '4' },
			against: { type: 'string' },
			'login-path': { type: 'string', default: '/token' },
			body: {
				type: 'string',
				default: '{"email":"bench-{i}@example.org","password":"four calm green words"}'
			},
			'against-users': { type: 'string', default: '1' }
		}
	});
	const whole = (name: 'users' | 'against-users') => {
		if (/^[1-9]\d{0,7}$/.test(values[name])) return Number(values[name]);
		throw new Error(`--${name} is a whole number from 1 on, not ${values[name]}`);
	};
	const seconds = Number(values.seconds);
	if (!(seconds > 0 && seconds <= 600))
		throw new Error(`--seconds is a number up to 600, not ${values.seconds}`);
	if (values.against !== undefined && !/^http:\/\/[^/]+$/.test(values.against)) {
		throw new Error(`--against is an origin such as http://127.0.0.1:8000, not ${values.against}`);
	}
	const rival = values.against && {
		origin: values.against,
		path: values['login-path'],
		body: values.body,
		users: whole('against-users')
	};
	return { json: values.json, users: whole('users'), seconds, rival: rival || undefined };
}
