import ts from 'typescript';
import { isShipped, roomOf } from './imports.ts';
import { nodesOf, type SourceFile } from './source-files.ts';
import { joins, tableOwners } from './tables.ts';

const writingCalls = /^(insertInto|replaceInto|mergeInto|updateTable|deleteFrom)$/;
const readingCalls = /^(selectFrom|(inner|left|right|full|cross)(Lateral)?Join)$/;
/** Calls of a query without a table, of Kysely's own names. */
const otherCalls = /^(withTables|withSchema|executeQuery|executeTakeFirst(OrThrow)?)$/;
const schemaCalls = /^(create|alter|drop)(Table|Index|View|Schema|Type)$/;
const sqlsPlace = /^src\/lib\/server\/(db\/|[^/]+\/store(-[^/]+)?\.ts$)/;
const dbsPlace = /^src\/lib\/server\/db\//;

interface Query {
	name: string;
	tables: string[];
	isWriting: boolean;
	/** Whether its table stands in a variable, where nothing but running it would tell which. */
	isUnclear: boolean;
}

/** Every query outside of a store, and every table that is queried by another room than its owner. */
export function findForbiddenQueries(files: SourceFile[]): string[] {
	return files
		.filter(({ path }) => isShipped(path) && !path.startsWith('migrations/'))
		.flatMap((file) => [...judge(file)].map((sentence) => `${file.path} ${sentence}`));
}

function* judge({ path, tree }: SourceFile): Generator<string> {
	for (const node of nodesOf(tree)) {
		const call = readCall(node);
		if (call && schemaCalls.test(call.name) && !dbsPlace.test(path)) {
			yield `changes the schema (${call.name}), which only migrations and db do`;
		}
		const query = readTemplate(node) ?? (call && readQuery(call));
		if (!query) continue;
		if (!sqlsPlace.test(path)) yield `has a query (${query.name}), which only stores and db have`;
		else if (query.isUnclear && !dbsPlace.test(path)) {
			yield `has a query (${query.name}) of a table that is not written there`;
		}
		for (const table of query.tables) {
			const owner = tableOwners[table];
			if (owner === undefined) yield `queries ${table}, a table without an owner`;
			else if (owner !== roomOf(path)?.name && (query.isWriting || joins[path]?.table !== table)) {
				yield `${query.isWriting ? 'writes' : 'queries'} ${table}, a table of ${owner}`;
			}
		}
	}
}

interface Call {
	name: string;
	/** What the method is called on. */
	object: string;
	args: readonly ts.Expression[];
}

/** `object.name(…)` and `object['name'](…)`. */
function readCall(node: ts.Node): Call | undefined {
	if (!ts.isCallExpression(node)) return undefined;
	const { expression, arguments: args } = node;
	if (ts.isPropertyAccessExpression(expression)) {
		return { name: expression.name.text, object: expression.expression.getText(), args };
	}
	if (!ts.isElementAccessExpression(expression)) return undefined;
	const { argumentExpression: key, expression: object } = expression;
	return ts.isStringLiteralLike(key) ? { name: key.text, object: object.getText(), args } : undefined;
}

function readQuery({ name, object, args }: Call): Query | undefined {
	const [first] = args;
	const query = { name, tables: first ? namesOf(first) : [], isWriting: false, isUnclear: false };
	if (/^(sql|CompiledQuery)$/.test(object)) {
		if (!/^(raw|table)$/.test(name)) return { ...query, tables: [] };
		const tables = name === 'raw' ? query.tables.flatMap(tablesIn) : query.tables;
		return { ...query, tables, isWriting: name === 'raw', isUnclear: tables.length === 0 };
	}
	if (otherCalls.test(name)) return { ...query, tables: [] };
	const isUsing = name === 'using' && query.tables.length > 0;
	const isWriting = writingCalls.test(name);
	if (!isWriting && !readingCalls.test(name) && !isUsing) return undefined;
	// A part of the query that gives a table of its own is looked at when its own calls are.
	const isUnclear = query.tables.length === 0 && !(first && /selectFrom|=>/.test(first.getText()));
	return { ...query, isWriting, isUnclear };
}

function readTemplate(node: ts.Node): Query | undefined {
	if (!ts.isTaggedTemplateExpression(node) || !/^sql\b/.test(node.tag.getText())) return undefined;
	const text = node.template.getText();
	const isWriting = /\b(insert|replace|update|delete|truncate|alter|drop|create)\b/i.test(text);
	return { name: 'sql', tables: tablesIn(text), isWriting, isUnclear: false };
}

/** The tables of this project that a text in SQL names. */
function tablesIn(text: string): string[] {
	const named = text.matchAll(/\b(?:from|join|into|update|table)\s+[\\`"]*([a-z_]+)/gi);
	return [...named].map(([, table = '']) => table).filter((table) => table in tableOwners);
}

/** The texts that an argument consists of, without the names that queries give to tables. */
function namesOf(argument: ts.Expression): string[] {
	if (ts.isStringLiteralLike(argument)) return [argument.text.replace(/ as .*$/, '')];
	return ts.isArrayLiteralExpression(argument) ? argument.elements.flatMap(namesOf) : [];
}
