import type { Peer } from '../context.ts';
import type { SessionsTable } from '../db/tables.ts';

const userAgentMax = 255;

export type PeerLabel = Pick<SessionsTable, 'user_agent' | 'address_prefix'>;

/** The stored description of a peer, by which users recognise their sessions. */
export function describePeer(peer: Peer | undefined): PeerLabel {
	return {
		user_agent: peer?.userAgent ? [...peer.userAgent].slice(0, userAgentMax).join('') : null,
		address_prefix: peer ? approximatePrefix(peer.prefix) : null
	};
}

/**
 * The approximate network of an address: the first 24 bits of an IPv4 address, the first 48 of an IPv6 address.
 *
 * @param prefix an IPv4 address or the first 64 bits of an IPv6 address
 */
export function approximatePrefix(prefix: string): string {
	const ipv4 = /^(\d+\.\d+\.\d+)\.\d+$/.exec(prefix);
	if (ipv4) return `${ipv4[1]}.0/24`;
	const [network = ''] = prefix.split('::');
	const groups = network.split(':').filter(Boolean).slice(0, 3);
	return prefix.includes('::') ? `${groups.join(':').replace(/(:0)+$/, '')}::/48` : prefix;
}
