import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../..');

export interface Import {
	/** As it is written. */
	specifier: string;
	/** The project's own file (or folder, of a glob) behind it, from the root; undefined for a package. */
	target: string | undefined;
	/** `import type` and `import('…').Name` leave nothing at run time. */
	isTypeOnly: boolean;
}

export interface SourceFile {
	/** From the root, with `/`. */
	path: string;
	lines: number;
	imports: Import[];
	/** Whether it names `process.env` or takes `env` from `node:process`. */
	readsEnvironment: boolean;
}

/** The project's own files under these folders, without generated ones. */
export function readSourceFiles(...folders: string[]): SourceFile[] {
	return folders
		.flatMap((folder) => globSync(`${folder}/**/*.{ts,js,svelte,css}`, { cwd: root }))
		.map((file) => file.replaceAll(path.sep, '/'))
		.filter((file) => !file.startsWith('src/lib/paraglide/'))
		.map((file) => parseSource(file, readFileSync(path.join(root, file), 'utf8')));
}

/** What one file imports; of a Svelte component, what its scripts import. */
export function parseSource(file: string, text: string): SourceFile {
	const lines = text.trimEnd().split('\n').length;
	if (file.endsWith('.css')) return { path: file, lines, imports: [], readsEnvironment: false };
	const code = file.endsWith('.svelte') ? scriptsOf(text) : text;
	const imports: Import[] = [];
	let readsEnvironment = false;

	const add = (node: ts.Node | undefined, isTypeOnly: boolean) => {
		if (!node || !ts.isStringLiteralLike(node)) return;
		const target = targetOf(file, node.text);
		imports.push({ specifier: node.text, target, isTypeOnly });
		if (/^(node:)?process$/.test(node.text) && !isTypeOnly) {
			readsEnvironment ||= /\benv\b/.test(node.parent.getText());
		}
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) {
			add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
		} else if (ts.isExportDeclaration(node)) {
			add(node.moduleSpecifier, node.isTypeOnly);
		} else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			add(node.argument.literal, true);
		} else if (ts.isCallExpression(node) && isImportCall(node)) {
			for (const argument of node.arguments) add(argument, false);
		} else if (ts.isPropertyAccessExpression(node) && /^(globalThis\.)?process\.env$/.test(node.getText())) {
			readsEnvironment = true;
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS));
	return { path: file, lines, imports, readsEnvironment };
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
