import type { IncomingMessage } from 'node:http';
import { type BlockList, isIP } from 'node:net';

/** Where a request came from, according to the connection and to trusted proxies. */
export interface Source {
	address: string;
	isHttps: boolean;
	/** The `Host` that the client requested; undefined unless there is exactly one. */
	host: string | undefined;
	isFromProxy: boolean;
}

/**
 * Reads `X-Forwarded-*` only as far as trusted proxies wrote it. The client has the last address in `X-Forwarded-For`
 * that is not a trusted proxy.
 */
export function findSource(request: IncomingMessage, trustedProxies: BlockList): Source {
	const { headers, socket } = request;
	const peer = plainAddress(socket.remoteAddress ?? '');
	const isHttps = 'encrypted' in socket;
	const host = hasSeveralHosts(request) ? undefined : headers.host;
	if (!isTrusted(trustedProxies, peer)) {
		return { address: peer, isHttps, host, isFromProxy: false };
	}
	const hops = splitList(headers['x-forwarded-for']).map(plainAddress);
	const client = hops.findLast((address) => !isTrusted(trustedProxies, address)) ?? hops[0];
	const scheme = splitList(headers['x-forwarded-proto']).at(-1);
	return {
		address: client !== undefined && isIP(client) ? client : peer,
		isHttps: scheme === undefined ? isHttps : scheme.toLowerCase() === 'https',
		host: splitList(headers['x-forwarded-host']).at(-1) ?? host,
		isFromProxy: true
	};
}

/**
 * A request with several `Host` headers is refused (RFC 9112 §3.2), but Node passes the first one on. `headersDistinct`
 * would show them too, but builds a list for every header.
 */
function hasSeveralHosts({ rawHeaders }: IncomingMessage): boolean {
	let count = 0;
	for (let index = 0; index < rawHeaders.length; index += 2) {
		const name = rawHeaders[index];
		if (name?.length === 4 && name.toLowerCase() === 'host') count++;
	}
	return count > 1;
}

function isTrusted(trustedProxies: BlockList, address: string): boolean {
	const version = isIP(address);
	return version !== 0 && trustedProxies.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** The address without a port. An IPv4-mapped IPv6 address becomes the IPv4 address. */
function plainAddress(address: string): string {
	return address
		.trim()
		.replace(/^\[(.+)\](?::\d+)?$/, '$1')
		.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
		.replace(/^::ffff:(?=\d+\.)/i, '');
}

function splitList(header: string | string[] | undefined): string[] {
	return (Array.isArray(header) ? header.join(',') : (header ?? ''))
		.split(',')
		.map((entry) => entry.trim())
		.filter(Boolean);
}
