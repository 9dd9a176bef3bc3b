import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const hash = '0123456789abcdef'.repeat(4);

test.for([
	[undefined, []],
	['', []],
	[`a:${hash}`, [{ id: 'a', secretHash: hash }]],
	[
		` a.b-c_~1:${hash.toUpperCase()} ,\n\nz:${hash},`,
		[
			{ id: 'a.b-c_~1', secretHash: hash },
			{ id: 'z', secretHash: hash }
		]
	]
] as const)('%j is read', ([CLIENTS, clients]) => {
	expect(parseConfig({ CLIENTS }).clients).toEqual(clients);
});

test.for([
	['a', 1],
	['the-secret-itself', 1],
	[`a:${hash},b:the-secret-itself`, 2],
	[`:${hash}`, 1],
	[`a b:${hash}`, 1],
	[`${'a'.repeat(65)}:${hash}`, 1],
	[`a:${hash.slice(1)}`, 1],
	[`a:${hash}0`, 1]
] as const)('%j is rejected without being shown', ([CLIENTS, entry]) => {
	const parse = () => parseConfig({ CLIENTS });
	expect(parse).toThrow(new RegExp(`CLIENTS: entry ${entry} is not client_id:hash.*npm run clients`));
	expect(parse).not.toThrow(/the-secret-itself/);
});
