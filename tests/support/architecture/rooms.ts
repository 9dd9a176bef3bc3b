/**
 * The rooms of the house. In `src/lib/server` each has a rank: a file may import its own rank and lower ones. The other rows
 * name what they may use. The first row that fits a file is its room.
 */
export interface Room {
	name: string;
	files: RegExp;
	/** The rank of a room of `src/lib/server`. */
	rank?: number;
	/** Rooms that it may use beside those that its rank allows. */
	uses?: string[];
	/** Rooms that it may load by `import.meta.glob` or `import()`. */
	loads?: string[];
	/** Rooms of which it may use the types only. */
	types?: string[];
}

const server = (name: string, rank: number, more: Partial<Room> = {}): Room => ({
	name,
	rank,
	files: new RegExp(`^src/lib/server/${name}(/|\\.ts$)`),
	...more
});

const everyPage = ['ui', 'credentials', 'messages', 'form-failure'];

export const rooms: Room[] = [
	// Foundation
	...['durations', 'exit-status', 'outcome', 'cached-document', 'repeated'].map((name) => server(name, 0)),
	...['config', 'log', 'mask-emails', 'foundation'].map((name) => server(name, 0)),
	server('refusals', 0, { uses: ['messages'] }),
	server('fields', 0),
	server('crypto', 0),
	server('db', 0, { uses: ['migrations'] }),
	// Nouns
	...['users', 'sessions', 'one-time-tokens', 'clients', 'keys', 'audit', 'rate-limit', 'reports'].map(
		(name) => server(name, 1, { uses: ['credentials'] })
	),
	server('email', 1, { uses: ['messages'] }),
	server('context', 1, { types: ['messages'] }),
	// Tokens, acts, uses
	server('tokens', 2),
	server('authentication', 3, { uses: ['credentials'] }),
	server('account', 4, { uses: ['credentials', 'messages'] }),
	// Request in, response out
	// The route table reads what a route answers from the files of the route.
	server('http', 5, { loads: ['routes'], uses: ['messages', 'seam'], types: ['form-failure'] }),
	// It collects the operations that lie beside the routes.
	server('openapi', 6, { uses: ['messages', 'credentials'], loads: ['routes'] }),
	server('services', 6),
	...['housekeeping', 'load-secret', 'prepare-database'].map((name) => server(name, 6)),
	// Outside of src/lib/server
	{ name: 'seam', files: /^src\/process\/seam\.ts$/, types: ['cached-document', 'foundation'] },
	{
		name: 'process',
		files: /^src\/process\//,
		uses: [
			'seam',
			'config',
			'log',
			'mask-emails',
			'durations',
			'exit-status',
			'http',
			'outcome',
			'refusals',
			'cached-document'
		]
	},
	{
		name: 'entry',
		files: /^src\/server\.ts$/,
		uses: ['process', 'seam', 'foundation', 'config', 'log', 'exit-status', 'http']
	},
	{
		name: 'cli',
		files: /^src\/cli(\/|\.ts$)/,
		uses: [
			'process',
			'config',
			'log',
			'mask-emails',
			'durations',
			'exit-status',
			'outcome',
			'db',
			'crypto',
			'keys',
			'users',
			'email'
		],
		types: ['fields', 'tokens']
	},
	{
		name: 'app',
		files: /^src\/(app|handler)\.d\.ts$/,
		types: ['services', 'context', 'http', 'sessions', 'users']
	},
	{
		name: 'hooks',
		files: /^src\/hooks\.(server|client)\.ts$/,
		uses: [
			'services',
			'foundation',
			'seam',
			'http',
			'account',
			'audit',
			'sessions',
			'outcome',
			'refusals',
			'messages'
		]
	},
	{
		name: 'routes',
		files: /^src\/routes\//,
		uses: [
			...['http', 'openapi', 'account', 'authentication', 'tokens', 'keys', 'sessions', 'users', 'reports'],
			...['rate-limit', 'one-time-tokens', 'fields', 'outcome', 'refusals', 'durations', 'cached-document'],
			...everyPage
		]
	},
	{ name: 'ui', files: /^src\/lib\/ui\//, uses: ['credentials', 'messages', 'form-failure'] },
	{ name: 'credentials', files: /^src\/lib\/(credentials\.ts$|passwords\/)/ },
	{ name: 'form-failure', files: /^src\/lib\/form-failure\.ts$/ },
	{ name: 'messages', files: /^src\/lib\/paraglide\// },
	{ name: 'migrations', files: /^migrations\//, uses: ['db'] }
];

/** Where each package may be imported; a package that is not listed may be imported nowhere. */
export const packages: Record<string, RegExp> = {
	'@node-rs/argon2': /^src\/lib\/server\/crypto\//,
	'#argon2': /^src\/lib\/server\/crypto\//,
	'@sveltejs/kit': /^src\/(routes\/|hooks\.|lib\/ui\/|lib\/server\/http\/)/,
	'@valibot/to-json-schema': /^src\/lib\/server\/openapi\//,
	'@zxcvbn-ts/core': /^src\/lib\/passwords\//,
	'@zxcvbn-ts/language-common': /^src\/lib\/passwords\//,
	bcryptjs: /^src\/lib\/server\/crypto\//,
	bowser: /^src\/lib\/server\/sessions\/user-agent\.ts$/,
	'csv-parse': /^src\/cli\//,
	jose: /^src\/lib\/server\/(crypto|keys|tokens)\//,
	// A type of Kysely may be named where it describes a row.
	kysely: /^(migrations\/|src\/lib\/server\/db\/|src\/lib\/server\/[^/]+\/store(-[^/]+)?\.ts$)/,
	mysql2: /^src\/lib\/server\/db\//,
	'node:sqlite': /^src\/lib\/server\/db\//,
	nodemailer: /^src\/lib\/server\/email\/smtp\.ts$/,
	pino: /^src\/lib\/server\/log\.ts$/,
	'pino-pretty': /^src\/lib\/server\/log\.ts$/,
	punycode: /^src\/lib\/credentials\.ts$/,
	svelte: /^src\/(routes|lib\/ui)\//,
	valibot: /^src\//
};

/** The room that owns each table. */
export const tableOwners: Record<string, string> = {
	users: 'users',
	sessions: 'sessions',
	ended_sessions: 'sessions',
	one_time_tokens: 'one-time-tokens',
	outbox: 'email',
	rate_limits: 'rate-limit',
	signing_keys: 'keys',
	leases: 'db',
	migrations: 'db'
};

/** Joins for speed: a file of the room that owns the first table, and the other table that it reads. */
export const joins: Record<string, { table: string; reason: string }> = {
	'src/lib/server/sessions/store.ts': { table: 'users', reason: 'every page needs the session and its user' },
	'src/lib/server/users/store-bearers.ts': {
		table: 'ended_sessions',
		reason: 'every request with an access token needs its user and whether its session has ended'
	}
};
