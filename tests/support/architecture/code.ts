import ts from 'typescript';
import { isShipped } from './imports.ts';
import { nodesOf, type SourceFile } from './source-files.ts';

const environmentsPlace = /^src\/(server\.ts$|cli\.ts$|lib\/server\/config(\/|\.ts$))/;
const forbiddenFolders = /\/(utils|helpers|common|types|services)\//;
/** Where what HTTP brings is unknown: the rooms of src/lib/server, but the one for it and the description of the API. */
const withoutHttp = /^src\/lib\/server\/(?!http\/|openapi\/)/;
const httpTypes = /^(Request|Response|Headers|RequestEvent|Cookies|Handle|IncomingMessage|ServerResponse)$/;

/** What the house forbids within a file, a sentence each. */
export function findForbiddenCode(files: SourceFile[]): string[] {
	return files.flatMap((file) => [...judge(file)].map((sentence) => `${file.path} ${sentence}`));
}

function* judge(file: SourceFile): Generator<string> {
	const { path, lines, tree } = file;
	if (lines > 200) yield `has ${lines} lines, more than 200`;
	if (/\/index\.(ts|js)$/.test(path)) yield 'is a barrel';
	if (forbiddenFolders.test(path)) yield 'is in a folder that names no topic';
	if (/eslint-disable|@ts-(ignore|expect-error|nocheck)/.test(file.code) && !path.includes('architecture')) {
		yield 'turns a check off';
	}
	for (const node of nodesOf(tree)) {
		if (node.kind === ts.SyntaxKind.AnyKeyword) yield 'uses any';
		if (isReExport(node, tree)) yield `exports again what it imports (${oneLine(node)})`;
		if (path.startsWith('src/') && readsEnvironment(node) && !environmentsPlace.test(path)) {
			yield 'reads the environment, which only config does';
		}
		if (isShipped(path) && withoutHttp.test(path) && ts.isTypeReferenceNode(node)) {
			const name = node.typeName.getText();
			if (httpTypes.test(name)) yield `takes a ${name}, which only http and routes do`;
		}
		if (!/^tests\//.test(path) && !path.endsWith('.test.ts') && ts.isFunctionLike(node)) {
			const length = node.getText().split('\n').length;
			if (length > 60) yield `has a function of ${length} lines, more than 60 (${oneLine(node)})`;
		}
	}
	if (path.startsWith('src/')) yield* judgeTopLevel(tree);
}

/** What runs when the module is imported: nothing inside of a function or a field of a class. */
function* judgeTopLevel(tree: ts.SourceFile): Generator<string> {
	for (const node of nodesOf(tree, (each) => !ts.isFunctionLike(each) && !ts.isPropertyDeclaration(each))) {
		const isNew =
			ts.isNewExpression(node) && node.getText().startsWith('new Date') && !node.arguments?.length;
		const isCall = ts.isCallExpression(node) && /^(Date|performance)\.now$/.test(node.expression.getText());
		if (isNew || isCall) yield 'reads a clock when it is imported';
	}
}

function readsEnvironment(node: ts.Node): boolean {
	if (ts.isPropertyAccessExpression(node)) return /^(globalThis\.)?process\.env$/.test(node.getText());
	if (!ts.isImportDeclaration(node)) return false;
	return /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText()) && /\benv\b/.test(node.getText());
}

/** `export … from`, and `export { … }` of something imported. */
function isReExport(node: ts.Node, tree: ts.SourceFile): boolean {
	if (!ts.isExportDeclaration(node)) return false;
	if (node.moduleSpecifier) return true;
	const names = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : [];
	const imported = tree.statements
		.filter(ts.isImportDeclaration)
		.map((each) => each.importClause?.getText() ?? '');
	return names.some(({ name, propertyName }) => {
		const own = new RegExp(`\\b${(propertyName ?? name).getText()}\\b`);
		return imported.some((clause) => own.test(clause));
	});
}

function oneLine(node: ts.Node): string {
	return node.getText().split('\n', 1)[0]?.slice(0, 60) ?? '';
}
