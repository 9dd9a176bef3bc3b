import ts from 'typescript';
import { isShipped, roomOf } from './imports.ts';
import { joins, tableOwners } from './rooms.ts';
import { nodesOf, type SourceFile } from './source-files.ts';

const tableCalls =
	/^(selectFrom|insertInto|replaceInto|mergeInto|updateTable|deleteFrom|using|(inner|left|right|full|cross)Join)$/;
const otherQueries = /^(withTables|executeQuery)$/;
const sqlsPlace = /^src\/lib\/server\/(db\/|[^/]+\/store(-[^/]+)?\.ts$)/;

/** Every query outside of a store, and every table that is queried by another room than its owner. */
export function findForbiddenQueries(files: SourceFile[]): string[] {
	return files
		.filter(({ path }) => isShipped(path) && !path.startsWith('migrations/'))
		.flatMap((file) => [...judge(file)].map((sentence) => `${file.path} ${sentence}`));
}

function* judge({ path, tree }: SourceFile): Generator<string> {
	for (const node of nodesOf(tree)) {
		const query = readQuery(node);
		if (!query) continue;
		if (!sqlsPlace.test(path)) yield `has a query (${query.name}), which only stores and db have`;
		for (const table of query.tables) {
			const owner = tableOwners[table];
			if (owner === undefined) yield `queries ${table}, a table without an owner`;
			else if (owner !== roomOf(path)?.name && joins[path]?.table !== table) {
				yield `queries ${table}, a table of ${owner}`;
			}
		}
	}
}

function readQuery(node: ts.Node): { name: string; tables: string[] } | undefined {
	if (ts.isTaggedTemplateExpression(node) && /^sql\b/.test(node.tag.getText())) {
		const tables = [...node.template.getText().matchAll(/\b(?:from|join|into|update)\s+([a-z_]+)/gi)];
		return {
			name: 'sql',
			tables: tables.map(([, table = '']) => table).filter((table) => table in tableOwners)
		};
	}
	if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
	const { text: name } = node.expression.name;
	if (otherQueries.test(name)) return { name, tables: [] };
	const [table] = node.arguments;
	if (!tableCalls.test(name) || !table || !ts.isStringLiteralLike(table)) return undefined;
	return { name, tables: [table.text.replace(/ as .*$/, '')] };
}
