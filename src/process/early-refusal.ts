import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuseRequest } from '#lib/server/http/refuse.ts';
import { refuse } from '#lib/server/outcome.ts';
import type { Reason } from '#lib/server/refusals.ts';

/** Answers a request that the app should not see at all. */
export async function refuseEarly(
	{ headers }: IncomingMessage,
	response: ServerResponse,
	{ reason, requestId, allow }: { reason: Reason; requestId: string; allow?: string }
): Promise<void> {
	const answer = refuseRequest(
		refuse(reason),
		{ accept: headers.accept ?? null, requestId },
		allow ? { allow } : {}
	);
	for (const [name, value] of answer.headers) response.setHeader(name, value);
	response.writeHead(answer.status).end(await answer.text());
}
