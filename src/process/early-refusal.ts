import type { IncomingMessage, ServerResponse } from 'node:http';
import { chooseLanguage, inLanguage } from '#lib/server/http/language.ts';
import { refuseRequest } from '#lib/server/http/refuse.ts';
import { refuse } from '#lib/server/outcome.ts';
import type { Reason } from '#lib/server/refusals.ts';

/** Answers a request that must not reach the app. */
export async function refuseEarly(
	{ headers }: IncomingMessage,
	response: ServerResponse,
	{
		reason,
		requestId,
		isHttps,
		allow
	}: { reason: Reason; requestId: string; isHttps: boolean; allow?: string }
): Promise<void> {
	const { accept = null, cookie, 'accept-language': acceptLanguage } = headers;
	const answer = inLanguage(chooseLanguage({ cookie, acceptLanguage }, isHttps), () =>
		refuseRequest(refuse(reason), { accept, requestId }, allow ? { allow } : {})
	);
	// Two faults of one request may both have led to a refusal.
	if (response.headersSent) return;
	for (const [name, value] of answer.headers) response.setHeader(name, value);
	response.writeHead(answer.status).end(await answer.text());
}
