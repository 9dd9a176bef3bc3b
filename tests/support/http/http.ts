import { once } from 'node:events';
import {
	request as httpRequest,
	type Agent,
	type IncomingHttpHeaders,
	type IncomingMessage
} from 'node:http';
import { connect } from 'node:net';

export interface RequestOptions {
	method?: string;
	/** Sent as it is, without normalising. Default `/`. */
	path?: string;
	/** Sent as they are. Only `host` has a default (null leaves it out), and a body's own headers below. */
	headers?: Record<string, string | string[] | null>;
	/** Raw body; `content-length` is added unless `headers` has it or `transfer-encoding`. */
	body?: string | Uint8Array;
	/** A body as JSON, with its `content-type`. */
	json?: unknown;
	/** A body as a URL-encoded form, with its `content-type`. */
	form?: Record<string, string> | [string, string][];
	/** A keep-alive agent, to test a connection; default: a connection per request. */
	agent?: Agent;
}

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	/** The `Set-Cookie` lines. */
	cookies: string[];
	text: string;
	/** The parsed body where the content type is JSON, else an empty object. */
	json: Record<string, unknown>;
}

/** One HTTP request with exactly the given headers (unlike `fetch`), and its whole answer. Redirects are not followed. */
export async function request(origin: string, options: RequestOptions = {}): Promise<Answer> {
	const { body, type } = encodeBody(options);
	const given = { ...(type && { 'content-type': type }), ...lowerCased(options.headers) };
	const headers: Record<string, string | string[] | null> = { host: new URL(origin).host, ...given };
	const isSized = 'content-length' in headers || 'transfer-encoding' in headers;
	if (body !== undefined && !isSized) headers['content-length'] = String(Buffer.byteLength(body));

	const sent = httpRequest({
		...address(origin),
		method: options.method ?? 'GET',
		path: options.path ?? '/',
		setHost: false,
		agent: options.agent ?? false,
		headers: Object.fromEntries(
			Object.entries(headers).filter((header): header is [string, string | string[]] => header[1] !== null)
		)
	});
	sent.setTimeout(30_000, () => sent.destroy(new Error(`no answer to ${options.method} ${options.path}`)));
	sent.end(body);
	const [answer] = (await once(sent, 'response')) as [IncomingMessage];
	const chunks: Buffer[] = [];
	// The answer may come before the whole body was taken; the broken pipe that follows is no news then.
	sent.on('error', () => {});
	for await (const chunk of answer) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString('utf8');
	const isJson = /^application\/([\w.-]+\+)?json\b/.test(answer.headers['content-type'] ?? '');
	return {
		status: answer.statusCode ?? 0,
		headers: answer.headers,
		cookies: answer.headers['set-cookie'] ?? [],
		text,
		json: isJson && text ? (JSON.parse(text) as Record<string, unknown>) : {}
	};
}

/** Sends bytes over a TCP connection, without any HTTP of ours, and resolves to all that came back when it is closed. */
export async function rawRequest(
	origin: string,
	bytes: string | Uint8Array,
	{ maxWaitMs = 5000, thenHangUp = false } = {}
): Promise<string> {
	const socket = connect(address(origin));
	const chunks: Buffer[] = [];
	socket.on('data', (chunk: Buffer) => chunks.push(chunk));
	socket.on('error', () => {});
	// A server may keep the connection open: what it said by then is the answer.
	const timer = setTimeout(() => socket.destroy(), maxWaitMs);
	socket.write(bytes, () => thenHangUp && socket.destroy());
	await once(socket, 'close');
	clearTimeout(timer);
	return Buffer.concat(chunks).toString('utf8');
}

function encodeBody(options: RequestOptions): { body?: string | Uint8Array; type?: string } {
	if (options.json !== undefined) return { body: JSON.stringify(options.json), type: 'application/json' };
	if (options.form) {
		return {
			body: new URLSearchParams(options.form).toString(),
			type: 'application/x-www-form-urlencoded'
		};
	}
	return { body: options.body };
}

function lowerCased<Value>(headers: Record<string, Value> = {}): Record<string, Value> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The service listens on IPv4 only; `localhost` may be IPv6 first. */
function address(origin: string): { host: string; port: number } {
	const { hostname, port } = new URL(origin);
	return { host: hostname === 'localhost' ? '127.0.0.1' : hostname, port: Number(port) };
}
