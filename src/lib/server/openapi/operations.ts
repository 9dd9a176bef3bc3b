import type { Operation } from '../http/operation.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const files = import.meta.glob<Partial<Record<Method, Operation>>>('/src/routes/**/operation.ts', {
	eager: true,
	// Includes hidden folders such as `.well-known`.
	exhaustive: true
});

/** The paths that come first in the document. The others follow by path. */
const firstPaths = ['/register', '/token', '/me', '/revoke', '/introspect', '/.well-known'];

/**
 * All operations of the API by method and path, such as `GET /me/sessions/{id}`. They come from the files beside the
 * routes.
 */
export const operations: Record<string, Operation> = Object.fromEntries(
	Object.entries(files)
		.map(([file, methods]) => ({ path: pathOf(file), methods }))
		.toSorted((a, b) => rankOf(a.path) - rankOf(b.path) || (a.path < b.path ? -1 : 1))
		.flatMap(({ path, methods }) =>
			Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation])
		)
);

/** `/src/routes/(group)/me/sessions/[id]/operation.ts` describes `/me/sessions/{id}`. */
function pathOf(file: string): string {
	return file
		.replace('/src/routes', '')
		.replace('/operation.ts', '')
		.replaceAll(/\/\([^)]+\)/g, '')
		.replaceAll(/\[([^\]]+)\]/g, '{$1}');
}

function rankOf(path: string): number {
	const index = firstPaths.findIndex((first) => path === first || path.startsWith(`${first}/`));
	return index < 0 ? firstPaths.length : index;
}
