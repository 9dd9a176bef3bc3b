import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../../..');

export interface Import {
	/** As it is written. */
	specifier: string;
	/** The file of this project that it names, from the root; a pattern for `import.meta.glob`; undefined for a package. */
	target: string | undefined;
	/** `import type` and `import('…').Name` leave nothing at run time. */
	isTypeOnly: boolean;
	/** `import()` and `import.meta.glob()`, which load when they are called. */
	isDynamic: boolean;
}

export interface SourceFile {
	/** From the root, with `/`. */
	path: string;
	text: string;
	/** Of a Svelte component, its scripts; of a file in another language, nothing. */
	code: string;
	lines: number;
	imports: Import[];
	tree: ts.SourceFile;
}

/** The files of this project under some folders, without generated ones. */
export function readSourceFiles(...folders: string[]): SourceFile[] {
	return folders
		.flatMap((folder) => globSync(`${folder}/**/*.{ts,js,mjs,svelte,css,html,c,h}`, { cwd: root }))
		.map((file) => file.replaceAll(path.sep, '/'))
		.filter((file) => !file.startsWith('src/lib/paraglide/'))
		.map((file) => parseSource(file, readText(file)));
}

/** The text of a file, named from the root. */
export function readText(file: string): string {
	return readFileSync(path.join(root, file), 'utf8');
}

/** The files that some patterns name, from the root. */
export function listFiles(...patterns: string[]): string[] {
	return patterns
		.flatMap((pattern) => globSync(pattern, { cwd: root }))
		.map((file) => file.replaceAll(path.sep, '/'));
}

export function parseSource(file: string, text: string): SourceFile {
	const lines = text.trimEnd().split('\n').length;
	const code = file.endsWith('.svelte') ? scriptsOf(text) : /\.(ts|m?js)$/.test(file) ? text : '';
	const tree = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
	return { path: file, text, code, lines, tree, imports: [...importsOf(file, tree)] };
}

/** Visits every node of a tree; `enter` returns false to pass over the children of a node. */
export function* nodesOf(node: ts.Node, enter: (node: ts.Node) => boolean = () => true): Generator<ts.Node> {
	yield node;
	if (!enter(node)) return;
	const children: ts.Node[] = [];
	ts.forEachChild(node, (child) => void children.push(child));
	for (const child of children) yield* nodesOf(child, enter);
}

function* importsOf(file: string, tree: ts.SourceFile): Generator<Import> {
	const read = (node: ts.Node | undefined, isTypeOnly: boolean, isDynamic = false): Import[] => {
		if (!node || !ts.isStringLiteralLike(node)) return [];
		return [{ specifier: node.text, target: targetOf(file, node.text), isTypeOnly, isDynamic }];
	};
	for (const node of nodesOf(tree)) {
		if (ts.isImportDeclaration(node)) {
			yield* read(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
		} else if (ts.isExportDeclaration(node)) {
			yield* read(node.moduleSpecifier, node.isTypeOnly);
		} else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			yield* read(node.argument.literal, true);
		} else if (ts.isCallExpression(node) && isImportCall(node)) {
			for (const argument of node.arguments) yield* read(argument, false, true);
		}
	}
}

/** `import('…')` and `import.meta.glob('…')`. */
function isImportCall({ expression }: ts.CallExpression): boolean {
	return expression.kind === ts.SyntaxKind.ImportKeyword || expression.getText() === 'import.meta.glob';
}

function targetOf(file: string, specifier: string): string | undefined {
	const [written = ''] = specifier.split('?');
	if (written.startsWith('#lib/')) return `src/lib/${written.slice('#lib/'.length)}`;
	if (written.startsWith('/')) return written.slice(1);
	if (written.startsWith('.')) return path.posix.join(path.posix.dirname(file), written);
	return undefined;
}

function scriptsOf(component: string): string {
	return [...component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n');
}
