import { BlockList, isIP } from 'node:net';
import type { Logger } from '#lib/server/log.ts';
import type { Source } from './proxy.ts';

/** The number of requests from one private address that suggests a gateway which hides its clients. */
const enoughRequests = 100;

const privateAddresses = new BlockList();
for (const [network, bits] of [
	['10.0.0.0', 8],
	['172.16.0.0', 12],
	['192.168.0.0', 16]
] as const) {
	privateAddresses.addSubnet(network, bits, 'ipv4');
}
privateAddresses.addSubnet('fc00::', 7, 'ipv6');

/** Other addresses that many subscribers may share: carrier-grade NAT (RFC 6598), loopback, link-local. */
const localAddresses = new BlockList();
for (const [network, bits] of [
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16]
] as const) {
	localAddresses.addSubnet(network, bits, 'ipv4');
}
localAddresses.addSubnet('::1', 128, 'ipv6');
localAddresses.addSubnet('fe80::', 10, 'ipv6');

/** Notices when a gateway hides the addresses of clients. The log reports it once, and `doctor` reports it too. */
export class PeerWatch {
	#only: string | undefined;
	#requests = 0;
	#isDone = false;
	#hasWarnedOfProxy = false;
	readonly #log: Logger;

	constructor(log: Logger) {
		this.#log = log;
	}

	/** Whether all clients so far share one private address. */
	get seesOneAddress(): boolean {
		return this.#only !== undefined && this.#requests >= enoughRequests;
	}

	/**
	 * Whether an address may be that of a gateway with many clients behind it. A private address that a trusted proxy
	 * reports is a client of the local network, unless all requests have that address.
	 */
	maybeShared({ address, isFromProxy }: Source): boolean {
		return isPrivate(address) ? !isFromProxy || this.seesOneAddress : isListed(localAddresses, address);
	}

	note({ address, isFromProxy }: Source, headers: NodeJS.Dict<string | string[]>): void {
		if (
			!isFromProxy &&
			!this.#hasWarnedOfProxy &&
			Object.keys(headers).some((name) => name.startsWith('x-forwarded-'))
		) {
			this.#hasWarnedOfProxy = true;
			this.#log.warn(
				`X-Forwarded-* headers from ${address} are ignored. If that is your proxy, set TRUSTED_PROXIES=${address}`
			);
		}
		if (this.#isDone) return;
		if (!isPrivate(address) || (this.#only ?? address) !== address) {
			this.#only = undefined;
			this.#isDone = true;
			return;
		}
		this.#only = address;
		if (++this.#requests === enoughRequests) {
			this.#log.warn(
				`All clients so far have the address ${address}: a proxy or Docker's port driver hides theirs, and limits by address will not work. See docs/deploy.md, "The clients' addresses"`
			);
		}
	}
}

function isPrivate(address: string): boolean {
	return isListed(privateAddresses, address);
}

function isListed(list: BlockList, address: string): boolean {
	const version = isIP(address);
	return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
