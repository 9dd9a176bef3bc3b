import { availableParallelism } from 'node:os';
import { randomBytes } from 'node:crypto';
import { loadArgon2 } from '../../src/lib/server/crypto/argon2.ts';
import { lowerWorkerPriority } from '../../src/process/worker-priority.ts';
import { hashParameters } from '../../src/lib/server/crypto/password-hash.ts';

// Before anything uses libuv's threads.
process.env.UV_THREADPOOL_SIZE = String(availableParallelism() + 2);
// At the same priority as in the service, so that what else the machine does falls on both alike.
await lowerWorkerPriority();
const argon2 = loadArgon2();
/** More than cores are slower where nothing else is done between them. */
const hashesAtOnce = availableParallelism();

process.on('message', (seconds: number) => {
	void hashFor(seconds).then((perSecond) => process.send?.({ perSecond, argon2: argon2.name, hashesAtOnce }));
});
process.on('disconnect', () => process.exit());

async function hashFor(seconds: number): Promise<number> {
	const salt = randomBytes(16);
	const work = { algorithm: 'argon2id' as const, version: 19, ...hashParameters, salt, hashBytes: 32 };
	const startedAt = performance.now();
	let count = 0;
	async function worker(): Promise<void> {
		while (performance.now() < startedAt + seconds * 1000) {
			await argon2.derive('four calm green words', work);
			count++;
		}
	}
	await Promise.all(Array.from({ length: hashesAtOnce }, worker));
	return count / ((performance.now() - startedAt) / 1000);
}
