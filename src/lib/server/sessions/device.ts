import type { Client } from '../context.ts';
import type { SessionsTable } from '../db/tables.ts';

const userAgentMax = 255;

export type Device = Pick<SessionsTable, 'user_agent' | 'address_prefix'>;

/** What is kept of a client so that its user knows a session again. */
export function describeDevice(client: Client | undefined): Device {
	return {
		user_agent: client?.userAgent ? [...client.userAgent].slice(0, userAgentMax).join('') : null,
		address_prefix: client ? approximatePrefix(client.prefix) : null
	};
}

/**
 * Roughly where an address is: the network, which is of many. Of IPv4 the first 24 bits, of IPv6 the first 48.
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
