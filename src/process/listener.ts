import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Config } from '#lib/server/config/config.ts';
import { commonHeaders } from '#lib/server/http/headers.ts';
import { answerDocument, cachedPaths } from '#lib/server/http/public-document.ts';
import { type ProcessReport } from '#lib/server/http/process-report.ts';
import { type Logger, maskEmails } from '#lib/server/log.ts';
import type { Reason } from '#lib/server/refusals.ts';
import type { PeerWatch } from './peer-watch.ts';
import { refuseEarly } from './early-refusal.ts';
import { parseHostName } from './host.ts';
import { findSource } from './proxy.ts';
import {
	type CachedRoute,
	disconnected,
	peerAddressHeader,
	reportHeader,
	requestIdHeader,
	schemeHeader,
	sharedPeerHeader,
	watchCachedRoutes
} from './seam.ts';
import { chooseRequestId } from './request-id.ts';

type App = (request: IncomingMessage, response: ServerResponse, next: () => void) => Promise<void>;

export interface ListenerOptions {
	config: Config;
	log: Logger;
	peers: PeerWatch;
	/** Whether a path is a static file of the build. */
	hasAsset(path: string): boolean;
	/** What only the process knows and `/readyz` tells. */
	report(): ProcessReport;
}

const maxLoggedPath = 200;
const healthChecks = new Set(['/livez', '/readyz']);
/** What Kit can take; others, such as TRACE, would break it. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Everything around the app that concerns each request: its id, where it came from, the headers that even static files
 * carry, the hosts that are answered, the log line. With a certificate, what comes over plain HTTP is redirected to
 * `ORIGIN`, never to the `Host` that was sent; health checks are answered.
 */
export function createListener(app: App, options: ListenerOptions): RequestListener {
	const { config, peers } = options;
	// What is in a request's line is chosen below, so nothing has to be looked for and taken out.
	const log = options.log.child({}, { redact: [] });
	const cachedRoutes = watchCachedRoutes();
	return function listen(request, response) {
		const startedAt = performance.now();
		const { method = '' } = request;
		// No address answers OPTIONS: the app refuses it as it would any method, with what it does answer.
		if (!methods.includes(method)) request.method = 'OPTIONS';
		takeAbsoluteTarget(request);
		const path = request.url?.split('?', 1)[0] ?? '';
		const source = findSource(request, config.trustedProxies);
		const requestId = chooseRequestId(request.headers[requestIdHeader]?.toString(), source.isFromProxy);
		for (const [name, value] of Object.entries(commonHeaders(requestId, source.isHttps))) {
			response.setHeader(name, value);
		}
		response.once('close', () => {
			if (!response.writableFinished) request.emit(disconnected);
			log[isRoutine(path) ? 'debug' : 'info'](
				{
					request_id: requestId,
					method,
					path: maskEmails(path.slice(0, maxLoggedPath)),
					...(response.headersSent ? { status: response.statusCode } : {}),
					duration_ms: Math.round(performance.now() - startedAt),
					peer: source.address,
					...(response.writableFinished ? {} : { peer_gone: true })
				},
				'Request'
			);
		});

		const refusal = findRefusal(request, { path, host: source.host, options });
		if (refusal) {
			const allow = refusal === 'method_not_allowed' ? 'GET, HEAD' : undefined;
			const { isHttps } = source;
			return void refuseEarly(request, response, { reason: refusal, requestId, isHttps, allow });
		}
		const isHealthCheck = healthChecks.has(path);
		if (!isHealthCheck) peers.note(source, request.headers);
		if (config.tls && !source.isHttps && !isHealthCheck) {
			return void response.writeHead(308, { location: config.origin + request.url }).end();
		}
		const cached = isReading(method) ? cachedRoutes.get(path) : undefined;
		if (cached && sendCached(request, response, cached)) return;
		request.headers[requestIdHeader] = requestId;
		request.headers[schemeHeader] = source.isHttps ? 'https' : 'http';
		request.headers.host = parseHostName(source.host) ? source.host : 'localhost';
		request.headers[peerAddressHeader] = source.address;
		if (peers.maybeShared(source)) request.headers[sharedPeerHeader] = '1';
		else delete request.headers[sharedPeerHeader];
		delete request.headers[reportHeader];
		if (path === '/readyz') request.headers[reportHeader] = JSON.stringify(options.report());
		// The adapter's file server throws on ranges that end before they begin; whole files are a good answer too.
		delete request.headers.range;
		// Nor does it listen to its streams: a file that is gone, or one too many, would end the process.
		response.once('pipe', (file: Readable) => file.once('error', (error) => fail(error)));
		const fail = (error: unknown) => {
			log.error({ err: error, request_id: requestId }, 'Request failed');
			if (response.headersSent) response.destroy();
			else refuseAs('internal_error');
		};
		const refuseAs = (reason: Reason) =>
			void refuseEarly(request, response, { reason, requestId, isHttps: source.isHttps });
		app(request, response, () => refuseAs('not_found')).catch(fail);
	};
}

function findRefusal(
	request: IncomingMessage,
	{ path, host, options }: { path: string; host: string | undefined; options: ListenerOptions }
): Reason | undefined {
	const { config, hasAsset } = options;
	if (!path.startsWith('/')) return 'malformed_request';
	if (!healthChecks.has(path)) {
		const name = parseHostName(host);
		if (config.allowedHosts && !(name && config.allowedHosts.has(name))) return 'host_not_allowed';
		if (!name) return 'malformed_request';
	}
	if (hasAsset(path)) return isReading(request.method) ? undefined : 'method_not_allowed';
	// Kit answers these two itself, in words of its own.
	return path.startsWith('/_app/') || path.endsWith('/__route.js') ? 'not_found' : undefined;
}

function isReading(method: string | undefined): boolean {
	return method === 'GET' || method === 'HEAD';
}

/** Without the framework, which takes longer than all the rest. @returns false when the app has to be asked */
function sendCached(
	request: IncomingMessage,
	response: ServerResponse,
	{ find, maxAgeSeconds }: CachedRoute
): boolean {
	const document = find();
	if (!document) return false;
	const condition = request.headers['if-none-match'];
	const { status, headers, body } = answerDocument(document, condition, maxAgeSeconds);
	response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : (body ?? undefined));
	return true;
}

/** `GET http://host/path`, as clients of forward proxies send it, means the same as `/path` with that Host (RFC 9112 §3.2.2). */
function takeAbsoluteTarget(request: IncomingMessage): void {
	if (!/^https?:\/\//i.test(request.url ?? '') || !URL.canParse(request.url ?? '')) return;
	const { host, pathname, search } = new URL(request.url ?? '');
	request.headers.host = host;
	request.url = pathname + search;
}

/** Requests that would drown the others at info level. */
function isRoutine(path: string): boolean {
	const isPolled = path === '/reports' || cachedPaths.includes(path);
	return healthChecks.has(path) || isPolled || path.startsWith('/_app/');
}
