import fc from 'fast-check';
import { routeIds } from '#lib/server/http/route-table.ts';
import { refusals } from '../../../src/lib/server/refusals.ts';
import { mixOf } from './properties.ts';

/** The paths of every route: groups have no part in them, parameters get valid and invalid values. */
export const routePaths = routeIds.flatMap((id) => {
	const path = id.replaceAll(/\/\([^)]+\)/g, '') || '/';
	const values = [
		...Object.keys(refusals).map((code) => code.replaceAll('_', '-')),
		'x',
		'%2e%2e',
		'%',
		'%00'
	];
	return path.includes('[') ? values.map((value) => path.replace(/\[[^\]]+\]/, value)) : [path];
});

const suffixes = [
	'/',
	'//',
	'/..',
	'/__data.json',
	'/__route.js',
	'.json',
	'%00',
	'%2f',
	';x=1',
	'\\',
	'%ff',
	'/a'
];
const oddTargets = [
	...[
		'*',
		'//',
		'//evil.example/',
		'//evil.example/login/',
		'/\\evil.example',
		'/_app/',
		'/_app/version.json',
		''
	],
	...[
		'http://evil.example/login',
		'https://[::1',
		'http://',
		'evil.example:80',
		'/favicon.svg',
		'/robots.txt'
	],
	...[
		'/.env',
		'/../../etc/passwd',
		'/%2e%2e/%2e%2e/etc/passwd',
		'/login?/default',
		'/login?/logout&x',
		`/${'a'.repeat(9000)}`
	]
];
const queryPieces = [
	'next=',
	'/account',
	'//evil.example',
	'%0d%0aX-Injected:1',
	'&',
	'=',
	'/x=',
	'x-sveltekit-invalidated=',
	'%',
	'%ff',
	'#',
	'+'
];

/** What stands between method and version: mostly a path that is answered. */
export const anyTarget = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(...routePaths) },
	{
		weight: 2,
		arbitrary: fc.tuple(fc.constantFrom(...routePaths), mixOf(queryPieces, 6)).map((parts) => parts.join('?'))
	},
	fc.tuple(fc.constantFrom(...routePaths), fc.constantFrom(...suffixes)).map((parts) => parts.join('')),
	fc.constantFrom(...oddTargets),
	mixOf([...routePaths, ...suffixes]).map((text) => `/${text}`)
);
