import { roomOf } from './imports.ts';
import type { SourceFile } from './source-files.ts';

/**
 * Import circles between files, also of types and of `import()`: each as the names of its files. A pattern names no file, and
 * closes no circle: by it, the route table and the API's description list the routes that use them.
 */
export function findFileCircles(files: SourceFile[]): string[] {
	const graph = new Map(files.map(({ path, imports }) => [path, new Set(targetsOf(imports))]));
	return findCircles(graph);
}

/** Import circles between the rooms of `src/lib/server`. */
export function findRoomCircles(files: SourceFile[]): string[] {
	const graph = new Map<string, Set<string>>();
	for (const { path, imports } of files) {
		const from = roomOf(path);
		if (from?.rank === undefined) continue;
		const targets = graph.get(from.name) ?? new Set();
		graph.set(from.name, targets);
		for (const target of targetsOf(imports)) {
			const to = roomOf(target);
			if (to?.rank !== undefined && to.name !== from.name) targets.add(to.name);
		}
	}
	return findCircles(graph);
}

function targetsOf(imports: SourceFile['imports']): string[] {
	return imports.flatMap(({ target }) => target ?? []);
}

/** Strongly connected parts of more than one node (Tarjan), and nodes that name themselves. */
function findCircles(graph: Map<string, Set<string>>): string[] {
	const numbers = new Map<string, number>();
	const lows = new Map<string, number>();
	const stack: string[] = [];
	const circles: string[] = [];

	function visit(node: string): void {
		const number = numbers.size;
		numbers.set(node, number);
		lows.set(node, number);
		stack.push(node);
		for (const next of graph.get(node) ?? []) {
			if (!graph.has(next)) continue;
			if (!numbers.has(next)) visit(next);
			if (stack.includes(next)) lows.set(node, Math.min(lows.get(node) ?? 0, lows.get(next) ?? 0));
		}
		if (lows.get(node) !== number) return;
		const part = stack.splice(stack.indexOf(node));
		if (part.length > 1 || graph.get(node)?.has(node)) circles.push(part.toSorted().join(' ↔ '));
	}
	for (const node of graph.keys()) if (!numbers.has(node)) visit(node);
	return circles;
}
