import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { commonHeaders } from '#lib/server/http/headers.ts';
import { problemResponse } from '#lib/server/http/problem.ts';
import { refuseRequest } from '#lib/server/http/refuse.ts';
import type { Logger } from '#lib/server/log.ts';
import { refuse } from '#lib/server/outcome.ts';
import { type Reason } from '#lib/server/refusals.ts';

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

const parserErrors: Record<string, Reason> = {
	ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
	HPE_HEADER_OVERFLOW: 'headers_too_large'
};

/** Answers what is not HTTP, is too slow or has too long headers, and closes the connection. */
export async function refuseConnection(
	error: NodeJS.ErrnoException,
	socket: Duplex,
	log: Logger
): Promise<void> {
	if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
	const requestId = randomUUID();
	const reason = parserErrors[error.code ?? ''] ?? 'malformed_request';
	log.info({ request_id: requestId, reason, code: error.code }, 'Connection refused');
	const answer = problemResponse(refuse(reason), requestId);
	const body = await answer.text();
	const headers = {
		...commonHeaders(requestId, 'encrypted' in socket),
		...Object.fromEntries(answer.headers),
		'content-length': String(Buffer.byteLength(body)),
		connection: 'close'
	};
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	socket.end([`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`, ...lines, '', body].join('\r\n'));
}
