/** An answer about a person, which nobody keeps. */
export function noStoreJson(value: unknown, status = 200): Response {
	return Response.json(value, { status, headers: { 'cache-control': 'no-store' } });
}

/** Done, and there is nothing to say (RFC 9110 §15.3.5). */
export function noContent(): Response {
	return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}
