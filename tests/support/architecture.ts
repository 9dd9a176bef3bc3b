import type { Import, SourceFile } from './source-files.ts';

/** One row of the table: the files of an area, and the areas it may use. */
export interface Area {
	files: RegExp;
	/** Areas it may import, beside itself. */
	uses: string[];
	/** Areas of which it may only know the types. */
	types?: string[];
}

export type Areas = Record<string, Area>;

const sourceExtensions = /\.(ts|js|svelte)$/;
const assets = /\.(css|svg|html|json)$/;
const generatedTypes = /^\.\/\$types(\.d\.ts|\.js)?$/;
const kyselysPlace = /^(migrations\/|src\/lib\/server\/db\/|src\/.*\/store\.ts$)/;
const kitsPlace = /^src\/(routes\/|hooks\.|lib\/ui\/|lib\/server\/http\/)/;
const environmentsPlace = /^src\/(server\.ts$|cli\.ts$|lib\/server\/config(\/|\.ts$))/;
const forbiddenFolders = /\/(utils|helpers|common|types|services)\//;

/** Everything in these files that the house forbids, a sentence each. Tests and scripts may import what they like. */
export function findViolations(areas: Areas, files: SourceFile[]): string[] {
	return files.flatMap((file) => {
		const sentences = [...judgeFile(file)];
		for (const one of file.imports) {
			if (one.target !== undefined) sentences.push(...judgeSpelling(one));
			if (isShipped(file.path)) sentences.push(...judgeImport(areas, file.path, one));
		}
		return sentences.map((sentence) => `${file.path} ${sentence}`);
	});
}

/** The area a file belongs to, by the first row that fits. */
export function areaOf(areas: Areas, file: string): string | undefined {
	return Object.keys(areas).find((name) => areas[name]?.files.test(file));
}

function* judgeFile(file: SourceFile): Generator<string> {
	if (file.lines > 200) yield `has ${file.lines} lines, more than 200`;
	if (/\/index\.(ts|js)$/.test(file.path)) yield 'is a barrel';
	if (forbiddenFolders.test(file.path)) yield 'lies in a folder that names no capability';
	if (/^src\//.test(file.path) && file.readsEnvironment && !environmentsPlace.test(file.path)) {
		yield 'reads the environment, which only config does';
	}
}

function* judgeSpelling({ specifier, target = '' }: Import): Generator<string> {
	if (generatedTypes.test(specifier) || sourceExtensions.test(target) || assets.test(target)) return;
	yield `imports ${specifier} without its extension`;
}

function* judgeImport(
	areas: Areas,
	file: string,
	{ specifier, target, isTypeOnly }: Import
): Generator<string> {
	if (/^\$(lib|env)\b/.test(specifier)) yield `imports ${specifier}, which #lib and config replace`;
	if (/^\$app\//.test(specifier) && !kitsPlace.test(file)) yield `imports ${specifier} of the framework`;
	if (/^kysely\b/.test(specifier) && !isTypeOnly && !kyselysPlace.test(file)) {
		yield `imports ${specifier}, which only stores and db do`;
	}
	if (/^(mysql2\b|node:sqlite$)/.test(specifier) && !/^src\/lib\/server\/db\//.test(file)) {
		yield `imports ${specifier}, an engine, which only db does`;
	}
	if (target === undefined || assets.test(target) || generatedTypes.test(specifier)) return;
	if (/^src\/.*\/store\.ts$/.test(target) && folderOf(target) !== folderOf(file)) {
		yield `imports ${specifier}, the store of another capability`;
	}
	const from = areaOf(areas, file);
	const to = areaOf(areas, target);
	if (from === undefined || to === undefined || from === to) return;
	const uses = areas[from]?.uses ?? [];
	const types = areas[from]?.types ?? [];
	if (uses.includes(to) || (isTypeOnly && types.includes(to))) return;
	yield `imports ${specifier}: ${from} may not use ${to}${types.includes(to) ? ' but its types' : ''}`;
}

function isShipped(file: string): boolean {
	return /^(src|migrations)\//.test(file) && !file.endsWith('.test.ts');
}

function folderOf(file: string): string {
	return file.slice(0, file.lastIndexOf('/'));
}
