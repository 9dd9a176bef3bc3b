import { packages } from './packages.ts';
import { type Room, rooms } from './rooms.ts';
import type { Import, SourceFile } from './source-files.ts';

const sourceExtensions = /\.(ts|js|svelte)$/;
const assets = /\.(css|svg|html|json|txt)$/;
const generatedTypes = /^\.\/\$types(\.d\.ts|\.js)?$/;
const kitsPlace = packages['@sveltejs/kit'] as RegExp;
const storesPlace = /^src\/lib\/server\/(?!http\/|openapi\/)/;

/** Every import that the house forbids, a sentence each. Tests and scripts may import what they like. */
export function findForbiddenImports(files: SourceFile[]): string[] {
	return files.flatMap((file) =>
		file.imports.flatMap((one) => {
			const sentences = one.target === undefined ? [] : [...judgeSpelling(one)];
			if (isShipped(file.path)) sentences.push(...judgeImport(file.path, one));
			return sentences.map((sentence) => `${file.path} ${sentence}`);
		})
	);
}

export function roomOf(file: string): Room | undefined {
	return rooms.find(({ files }) => files.test(file));
}

export function isShipped(file: string): boolean {
	return /^(src|migrations)\//.test(file) && !file.endsWith('.test.ts');
}

function* judgeSpelling({ specifier, target = '' }: Import): Generator<string> {
	if (generatedTypes.test(specifier) || sourceExtensions.test(target) || assets.test(target)) return;
	yield `imports ${specifier} without its extension`;
}

function* judgeImport(file: string, one: Import): Generator<string> {
	const { specifier, target } = one;
	if (/^\$(lib|env)\b/.test(specifier)) yield `imports ${specifier}, which #lib and config replace`;
	else if (/^\$app\//.test(specifier) && !kitsPlace.test(file)) yield `imports ${specifier} of the framework`;
	else if (target === undefined) yield* judgePackage(file, one);
	if (target === undefined || assets.test(target) || generatedTypes.test(specifier)) return;
	if (/\/store(-[^/]+)?\.ts$/.test(target) && !storesPlace.test(file)) {
		yield `imports ${specifier}, a store, which only the rooms of src/lib/server do`;
	}
	const [from, to] = [roomOf(file), roomOf(target)];
	if (!from || !to || from.name === to.name) return;
	if (mayUse(from, to, one)) return;
	const isUpward = from.rank !== undefined && to.rank !== undefined && to.rank > from.rank;
	yield `imports ${specifier}: ${from.name} may not use ${to.name}${isUpward ? ', which is above it' : ''}`;
}

function* judgePackage(file: string, { specifier, isTypeOnly }: Import): Generator<string> {
	const name = specifier.startsWith('@')
		? specifier.split('/').slice(0, 2).join('/')
		: (specifier.split('/')[0] ?? '');
	const isBuiltIn = name.startsWith('node:') && name !== 'node:sqlite';
	if (isBuiltIn || specifier.startsWith('$')) return;
	const place = packages[name];
	if (!place) yield `imports ${specifier}, a package without a place in the table`;
	else if (!place.test(file) && !(name === 'kysely' && isTypeOnly)) {
		yield `imports ${specifier}, whose place is elsewhere`;
	}
}

function mayUse(from: Room, to: Room, { isTypeOnly, isDynamic }: Import): boolean {
	if (isDynamic && from.loads?.includes(to.name)) return true;
	if (to.usedBy && !to.usedBy.includes(from.name)) return false;
	if (from.rank !== undefined && to.rank !== undefined) return to.rank <= from.rank;
	return (from.uses ?? []).includes(to.name) || (isTypeOnly && (from.types ?? []).includes(to.name));
}
