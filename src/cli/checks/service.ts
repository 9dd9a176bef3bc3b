import type { Config } from '#lib/server/config/config.ts';
import { failure, type Finding, ok, warning } from './finding.ts';

const timeoutMs = 3_000;

interface Readiness {
	detail?: string;
	migration?: string;
	warnings?: string[];
}

/** Asks the running service, if there is one, whether it is ready. */
export async function checkService({ host, port }: Config): Promise<Finding[]> {
	const address = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
	const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}/readyz`;
	let response: Response;
	try {
		response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
	} catch {
		return [warning('service', `does not answer on ${url}`, 'start it if it should run here')];
	}
	const { detail, migration, warnings = [] } = (await response.json().catch(() => ({}))) as Readiness;
	const findings: Finding[] = [];
	if (response.ok) findings.push(ok('service', `ready on port ${port}`));
	else
		findings.push(
			failure('service', `not ready: ${detail ?? response.status} ${migration ?? ''}`.trim(), 'check its log')
		);
	if (warnings.includes('one_peer_address')) {
		const remedy = 'see docs/deploy.md, "The clients\' addresses"';
		findings.push(warning('clients', 'all have the same private address', remedy));
	}
	if (warnings.includes('signing_keys_unreadable')) {
		const remedy = 'give all instances the same SECRET_KEY (docs/settings.md, "Change SECRET_KEY")';
		findings.push(
			warning('signing keys', 'another instance signs with a key that this instance cannot decrypt', remedy)
		);
	}
	return findings;
}
