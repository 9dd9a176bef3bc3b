import ts from 'typescript';
import { findClocks } from './clocks.ts';
import { isShipped } from './imports.ts';
import { nodesOf, type SourceFile } from './source-files.ts';

const environmentsPlace = /^src\/(server\.ts$|cli\.ts$|lib\/server\/config(\/|\.ts$))/;
const forbiddenFolders = /\/(utils|helpers|common|types|services)\//;
/** Where what HTTP brings is unknown: the rooms of src/lib/server, but the one for it and the description of the API. */
const withoutHttp = /^src\/lib\/server\/(?!http\/|openapi\/)/;
const httpTypes = /^(Request|Response|Headers|RequestEvent|Cookies|Handle|IncomingMessage|ServerResponse)$/;
/** A name for a quantity may stand for another: `lifetimeMs = dayMs`. */
const quantity = /(Ms|Seconds|Minutes|Days|Bytes)$/;

/** What the house forbids within a file, a sentence each. */
export function findForbiddenCode(files: SourceFile[]): string[] {
	return files.flatMap((file) => [...judge(file)].map((sentence) => `${file.path} ${sentence}`));
}

function* judge({ path, lines, text, tree }: SourceFile): Generator<string> {
	if (lines > 200) yield `has ${lines} lines, more than 200`;
	if (/\/index\.(ts|js)$/.test(path)) yield 'is a barrel';
	if (forbiddenFolders.test(path)) yield 'is in a folder that names no topic';
	if (/eslint-disable|@ts-(ignore|expect-error|nocheck)/.test(text) && !path.includes('architecture')) {
		yield 'turns a check off';
	}
	const imported = namesImportedBy(tree);
	for (const node of nodesOf(tree)) {
		if (node.kind === ts.SyntaxKind.AnyKeyword) yield 'uses any';
		if (isReExport(node, imported)) yield `exports again what it imports (${oneLine(node)})`;
		if (path.startsWith('src/') && readsEnvironment(node) && !environmentsPlace.test(path)) {
			yield 'reads the environment, which only config does';
		}
		if (isShipped(path) && withoutHttp.test(path) && isHttp(node)) {
			yield `knows ${node.getText()}, which only http and routes do`;
		}
		if (ts.isFunctionLike(node) && !holdsTests(path, node)) {
			const length = node.getText().split('\n').length;
			if (length > 60) yield `has a function of ${length} lines, more than 60 (${oneLine(node)})`;
		}
	}
	if (path.startsWith('src/') && findClocks(tree)) yield 'reads a clock when it is imported';
}

/** Several tests: the function of `describe('…', …)`, or one such as `describeJourneys`. A single test is a function as any. */
function holdsTests(path: string, node: ts.Node): boolean {
	const { parent } = node;
	if (ts.isFunctionDeclaration(node)) return /^tests\/.*\bdescribe[A-Z]/.test(`${path} ${node.name?.text}`);
	return ts.isCallExpression(parent) && /^(test\.)?describe\b/.test(parent.expression.getText());
}

/** A type or a value of HTTP, by its name: `Request`, `new Response()`, `Response.json()`. */
function isHttp(node: ts.Node): boolean {
	if (!ts.isIdentifier(node) || !httpTypes.test(node.text)) return false;
	const { parent } = node;
	if (ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent)) return true;
	if (ts.isBinaryExpression(parent) || ts.isExpressionWithTypeArguments(parent)) return true;
	const isCalled = ts.isNewExpression(parent) || ts.isPropertyAccessExpression(parent);
	return isCalled && parent.expression === node;
}

/** `process.env` in its spellings. */
function readsEnvironment(node: ts.Node): boolean {
	const isProcess = (owner?: ts.Node) => /^(globalThis\.)?process$/.test(owner?.getText() ?? '');
	if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
	if (ts.isElementAccessExpression(node)) return isProcess(node.expression);
	if (ts.isVariableDeclaration(node))
		return isProcess(node.initializer) && /\benv\b/.test(node.name.getText());
	if (!ts.isImportDeclaration(node)) return false;
	return /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText()) && /\benv\b/.test(node.getText());
}

/** `export … from`, and exports of something imported under its own or another name. */
function isReExport(node: ts.Node, imported: Set<string>): boolean {
	if (ts.isExportDeclaration(node)) {
		if (node.moduleSpecifier) return true;
		const names = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : [];
		return names.some(({ name, propertyName }) => imported.has((propertyName ?? name).getText()));
	}
	if (ts.isExportAssignment(node)) return imported.has(node.expression.getText());
	const isExported =
		ts.isVariableStatement(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
	if (!isExported) return false;
	return node.declarationList.declarations.some(
		({ name, initializer }) => imported.has(initializer?.getText() ?? '') && !quantity.test(name.getText())
	);
}

function namesImportedBy(tree: ts.SourceFile): Set<string> {
	const names = tree.statements.filter(ts.isImportDeclaration).flatMap(({ importClause }) => {
		const bindings = importClause?.namedBindings;
		const named = bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name) : [];
		const whole = bindings && ts.isNamespaceImport(bindings) ? [bindings.name] : [];
		return [importClause?.name, ...named, ...whole].map((name) => name?.text ?? '');
	});
	return new Set(names.filter(Boolean));
}

function oneLine(node: ts.Node): string {
	return node.getText().split('\n', 1)[0]?.slice(0, 60) ?? '';
}
