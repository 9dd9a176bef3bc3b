import { isIPv6 } from 'node:net';

/**
 * The addresses of one subscriber: an IPv4 address, or the first 64 bits of an IPv6 address (RFC 4291 §2.5.4), because
 * a host chooses the other half freely.
 */
export function addressPrefix(address: string): string {
	if (!isIPv6(address)) return address;
	const [head = '', tail] = address.replace(/%.*$/, '').split('::');
	const [before, after] = [head, tail ?? ''].map((side) => side.split(':').filter(Boolean));
	// A dotted IPv4 address at the end stands for two groups, which are always beyond the first four.
	const dotted = address.includes('.') ? 1 : 0;
	const missing = tail === undefined ? 0 : 8 - dotted - (before?.length ?? 0) - (after?.length ?? 0);
	const groups = [...(before ?? []), ...Array<string>(missing).fill('0'), ...(after ?? [])];
	const network = groups.slice(0, 4).map((group) => parseInt(group, 16).toString(16));
	return `${network.join(':').replace(/(:0)+$/, '')}::/64`;
}
