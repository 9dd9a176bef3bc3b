import type { Server } from 'node:http';
import type { Logger } from '#lib/server/log.ts';
import { prepareDrain } from './drain.ts';
import { onStopped } from './seam.ts';

/** Within Docker's default of 10 s between SIGTERM and SIGKILL. */
const graceMs = 8_000;
/** How long background work and the pool may take to end, besides what is left of the grace. */
const closeMs = 1_000;
/** How long the process has to end by itself after that. */
const flushMs = 250;

/** On SIGTERM or SIGINT, finishes running requests and then ends the process. A second signal ends it immediately. */
export function stopOnSignals(servers: Server[], log: Logger): void {
	const drains = servers.map(prepareDrain);

	async function stop(signal: NodeJS.Signals): Promise<void> {
		const startedAt = performance.now();
		log.info({ signal }, 'Stopping: finishing what is in flight');
		const results = await Promise.all(drains.map((drain) => drain(graceMs)));
		if (results.includes('cut off')) log.warn('Some requests did not finish in time');
		// The app ends its background work and closes its pool. Its threads may still be hashing.
		onStopped(() => setTimeout(() => process.exit(), flushMs).unref());
		process.emit('sveltekit:shutdown' as never, signal as never);
		const leftMs = Math.max(0, graceMs - (performance.now() - startedAt));
		setTimeout(() => process.exit(), leftMs + closeMs).unref();
	}
	const signals = ['SIGTERM', 'SIGINT'] as const;
	const onSignal = (signal: NodeJS.Signals) => {
		// Without a listener, a second signal has Node's default effect: it ends the process.
		for (const each of signals) process.off(each, onSignal);
		void stop(signal);
	};
	for (const signal of signals) process.on(signal, onSignal);
}
