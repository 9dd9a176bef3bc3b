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
	/** The only rooms that may use it, whatever their rank. */
	usedBy?: string[];
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
	...[
		'durations',
		'exit-status',
		'outcome',
		'cached-document',
		'escape-html',
		'repeated',
		'text-direction'
	].map((name) => server(name, 0)),
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
	server('http', 5, {
		loads: ['routes'],
		uses: ['messages', 'seam'],
		types: ['form-failure'],
		usedBy: ['openapi', 'routes', 'hooks', 'app', 'process', 'entry']
	}),
	// It collects the operations that lie beside the routes.
	server('openapi', 6, {
		loads: ['routes'],
		uses: ['messages', 'credentials'],
		usedBy: ['routes', 'hooks']
	}),
	// A start
	...['services', 'housekeeping', 'load-secret', 'prepare-database', 'correct-clock-faults'].map((name) =>
		server(name, 7)
	),
	...['clock-jumps', 'under-way'].map((name) => server(name, 7)),
	// Outside of src/lib/server
	{
		name: 'seam',
		files: /^src\/process\/seam\.ts$/,
		types: ['cached-document', 'escape-html', 'foundation']
	},
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
			'correct-clock-faults',
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
			'account',
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
			...[
				'operations',
				'http',
				'openapi',
				'account',
				'authentication',
				'tokens',
				'keys',
				'sessions',
				'users'
			],
			...[
				'reports',
				'rate-limit',
				'one-time-tokens',
				'fields',
				'outcome',
				'refusals',
				'durations',
				'cached-document'
			],
			...everyPage
		]
	},
	{ name: 'ui', files: /^src\/lib\/ui\//, uses: ['credentials', 'messages', 'form-failure'] },
	{ name: 'credentials', files: /^src\/lib\/(credentials\.ts$|passwords\/)/ },
	{ name: 'form-failure', files: /^src\/lib\/form-failure\.ts$/ },
	{ name: 'messages', files: /^src\/lib\/paraglide\// },
	{ name: 'migrations', files: /^migrations\//, uses: ['db'] }
];
