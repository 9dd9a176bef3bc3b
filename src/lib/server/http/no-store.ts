/** A JSON answer that no cache keeps. */
export function noStoreJson(
	value: unknown,
	init: { status?: number; headers?: Record<string, string> } = {}
): Response {
	return Response.json(value, { ...init, headers: { ...init.headers, 'cache-control': 'no-store' } });
}

/** Success without content (RFC 9110 §15.3.5). */
export function noContent(): Response {
	return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}
