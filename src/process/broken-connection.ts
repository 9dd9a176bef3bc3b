import { randomUUID } from 'node:crypto';
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { commonHeaders } from '#lib/server/http/headers.ts';
import type { Logger } from '#lib/server/log.ts';
import { refuse } from '#lib/server/outcome.ts';
import type { Reason } from '#lib/server/refusals.ts';

const parserErrors: Record<string, Reason> = {
	ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
	HPE_HEADER_OVERFLOW: 'headers_too_large'
};

/** The unfinished responses of each connection. */
const answersOf = new WeakMap<Duplex, Set<ServerResponse>>();

/** Makes the server answer connections that break before a complete request, in the form of all refusals. */
export function refuseBrokenConnections(server: Server, log: Logger): void {
	server.on('request', ({ socket }, response) => {
		const answers = answersOf.get(socket) ?? new Set();
		answersOf.set(socket, answers.add(response));
		response.once('close', () => answers.delete(response));
	});
	const answer = (error: Error, socket: Duplex) =>
		void refuseConnection(error, socket, log).catch(() => socket.destroy());
	server.on('clientError', answer);
	// The service is not a proxy. Node would close the connection without a response.
	server.on('connect', (_request, socket) => answer(new Error('CONNECT'), socket));
}

/** Answers requests that are not HTTP, are too slow, or have too long headers. Then closes the connection. */
async function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex, log: Logger): Promise<void> {
	if (error.code === 'ECONNRESET') return void socket.destroy();
	// Loaded with the first refusal, because most processes never need these texts.
	const { problemResponse } = await import('#lib/server/http/problem.ts');
	if (!socket.writable) return void socket.destroy();
	// The client would read a second response as part of the one that is being sent.
	if (
		answersOf
			.get(socket)
			?.values()
			.some(({ headersSent }) => headersSent)
	)
		return void socket.end();
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
