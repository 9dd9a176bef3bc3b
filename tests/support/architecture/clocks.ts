import ts from 'typescript';
import { nodesOf } from './source-files.ts';

const clockCalls =
	/^(Date|Date\.now|performance\.now|process\.(hrtime(\.bigint)?|uptime)|Temporal\.Now\.\w+)$/;

/** Whether something that runs when the module is imported reads a clock, also within a function that it calls. */
export function findClocks(tree: ts.SourceFile): boolean {
	const readers = new Set(
		[...nodesOf(tree)].flatMap((node) => {
			const [name, body] = readFunction(node);
			return name && body && [...nodesOf(body)].some(isClock) ? [name] : [];
		})
	);
	return [...nodesOf(tree, runsOnImport)].some(
		(node) => isClock(node) || (ts.isCallExpression(node) && readers.has(node.expression.getText()))
	);
}

function isClock(node: ts.Node): boolean {
	if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && !node.arguments?.length;
	return ts.isCallExpression(node) && clockCalls.test(node.expression.getText());
}

/** The name and the body of a function that a file declares. */
function readFunction(node: ts.Node): [string | undefined, ts.Node | undefined] {
	if (ts.isFunctionDeclaration(node)) return [node.name?.text, node.body];
	if (!ts.isVariableDeclaration(node) || !node.initializer) return [undefined, undefined];
	const { initializer, name } = node;
	const isFunction = ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer);
	return [name.getText(), isFunction ? initializer.body : undefined];
}

/** Not what is inside of a function, unless it is called where it stands, nor the fields of instances. */
function runsOnImport(node: ts.Node): boolean {
	if (ts.isPropertyDeclaration(node)) {
		return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
	}
	if (!ts.isFunctionLike(node)) return true;
	const { parent } = node.parent;
	return (
		ts.isParenthesizedExpression(node.parent) &&
		ts.isCallExpression(parent) &&
		parent.expression === node.parent
	);
}
