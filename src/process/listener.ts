import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Config } from '#lib/server/config/config.ts';
import { commonHeaders } from '#lib/server/http/headers.ts';
import { isReading } from '#lib/server/http/methods.ts';
import { answerDocument, cachedPaths } from '#lib/server/http/public-document.ts';
import { type ProcessReport } from '#lib/server/http/process-report.ts';
import type { Logger } from '#lib/server/log.ts';
import { maskEmails } from '#lib/server/mask-emails.ts';
import type { Reason } from '#lib/server/refusals.ts';
import type { PeerWatch } from './peer-watch.ts';
import { parseHostName } from './host.ts';
import { findSource, type Source } from './proxy.ts';
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
	/** What only the process knows about its state, for `/readyz`. */
	report(): ProcessReport;
}

const maxLoggedPath = 200;
const healthChecks = new Set(['/livez', '/readyz']);
/** The methods that Kit supports. Others, such as TRACE, would make it fail. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** A request, its response, and what the process has found out about them. */
interface Exchange {
	request: IncomingMessage;
	response: ServerResponse;
	method: string;
	path: string;
	source: Source;
	requestId: string;
}

/**
 * Does for every request what is outside the app: sets the id, finds the source, sets the headers of all responses
 * including static files, refuses unknown hosts, and logs a line. With a certificate, it redirects plain HTTP to
 * `ORIGIN`, never to the `Host` of the request. Health checks are answered over plain HTTP too.
 */
export function createListener(app: App, options: ListenerOptions): RequestListener {
	const { config, peers } = options;
	// The members of a request's log line are chosen below, so there is nothing to redact.
	const log = options.log.child({}, { redact: [] });
	const cachedRoutes = watchCachedRoutes();
	return function listen(request, response) {
		const exchange = openExchange(request, response, config);
		const { method, path, source } = exchange;
		logWhenClosed(log, exchange);
		const reason = findRefusal(exchange, options);
		if (reason) return refuseExchange(exchange, reason);
		const isHealthCheck = healthChecks.has(path);
		if (!isHealthCheck) peers.note(source, request.headers);
		if (config.tls && !source.isHttps && !isHealthCheck) {
			return void response.writeHead(308, { location: config.origin + request.url }).end();
		}
		const cached = isReading(method) ? cachedRoutes.get(path) : undefined;
		if (cached && sendCached(request, response, cached)) return;
		setHeadersForApp(exchange, options);
		const fail = (error: unknown) => {
			log.error({ err: error, request_id: exchange.requestId }, 'Request failed');
			if (response.headersSent) response.destroy();
			else refuseExchange(exchange, 'internal_error');
		};
		// The adapter does not handle errors of its file streams. A missing file or too many open files would end the
		// process.
		response.once('pipe', (file: Readable) => file.once('error', fail));
		app(request, response, () => refuseExchange(exchange, 'not_found')).catch(fail);
	};
}

function openExchange(request: IncomingMessage, response: ServerResponse, config: Config): Exchange {
	const { method = '' } = request;
	// No URL supports OPTIONS, so the app refuses the request and names the methods that the URL supports.
	if (!methods.includes(method)) request.method = 'OPTIONS';
	takeAbsoluteTarget(request);
	const path = request.url?.split('?', 1)[0] ?? '';
	const source = findSource(request, config.trustedProxies);
	const requestId = chooseRequestId(request.headers[requestIdHeader]?.toString(), source.isFromProxy);
	for (const [name, value] of Object.entries(commonHeaders(requestId, source.isHttps))) {
		response.setHeader(name, value);
	}
	return { request, response, method, path, source, requestId };
}

function logWhenClosed(log: Logger, { request, response, method, path, source, requestId }: Exchange): void {
	const startedAt = performance.now();
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
}

/** Loads the texts of refusals with the first refusal, because most processes never need them. */
function refuseExchange({ request, response, requestId, source }: Exchange, reason: Reason): void {
	const allow = reason === 'method_not_allowed' ? 'GET, HEAD' : undefined;
	import('./early-refusal.ts')
		.then(({ refuseEarly }) =>
			refuseEarly(request, response, { reason, requestId, isHttps: source.isHttps, allow })
		)
		.catch(() => response.destroy());
}

/** Sets or deletes every header of the seam, so that no client can forge one. */
function setHeadersForApp(
	{ request: { headers }, path, source, requestId }: Exchange,
	{ peers, report }: ListenerOptions
): void {
	headers[requestIdHeader] = requestId;
	headers[schemeHeader] = source.isHttps ? 'https' : 'http';
	headers.host = parseHostName(source.host) ? source.host : 'localhost';
	headers[peerAddressHeader] = source.address;
	if (peers.maybeShared(source)) headers[sharedPeerHeader] = '1';
	else delete headers[sharedPeerHeader];
	delete headers[reportHeader];
	if (path === '/readyz') headers[reportHeader] = JSON.stringify(report());
	// The adapter's file server throws if a range ends before it begins. The whole file is a valid response too.
	delete headers.range;
}

function findRefusal({ request, path, source }: Exchange, options: ListenerOptions): Reason | undefined {
	const { config, hasAsset } = options;
	if (!path.startsWith('/')) return 'malformed_request';
	if (!healthChecks.has(path)) {
		const name = parseHostName(source.host);
		if (config.allowedHosts && !(name && config.allowedHosts.has(name))) return 'host_not_allowed';
		if (!name) return 'malformed_request';
	}
	if (hasAsset(path)) return isReading(request.method) ? undefined : 'method_not_allowed';
	// Kit would answer these two with its own texts.
	return path.startsWith('/_app/') || path.endsWith('/__route.js') ? 'not_found' : undefined;
}

/** Answers without the framework, which takes more time than everything else. @returns false if the app must answer */
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

/** `GET http://host/path`, as clients send it to forward proxies, means `/path` with that Host (RFC 9112 §3.2.2). */
function takeAbsoluteTarget(request: IncomingMessage): void {
	if (!/^https?:\/\//i.test(request.url ?? '') || !URL.canParse(request.url ?? '')) return;
	const { host, pathname, search } = new URL(request.url ?? '');
	request.headers.host = host;
	request.url = pathname + search;
}

/** Frequent requests, which are logged at debug level. */
function isRoutine(path: string): boolean {
	const isPolled = path === '/reports' || cachedPaths.includes(path);
	return healthChecks.has(path) || isPolled || path.startsWith('/_app/');
}
