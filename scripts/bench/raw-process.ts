import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { Argon2, Argon2Implementation } from '../../src/lib/server/crypto/argon2.ts';
import { type CompiledAddon, useCompiled } from '../../src/lib/server/crypto/compiled-argon2.ts';
import { loadArgon2 } from '../../src/lib/server/crypto/load-argon2.ts';
import { hashParameters } from '../../src/lib/server/crypto/password-hash.ts';
import { lowerWorkerPriority } from '../../src/process/worker-priority.ts';
import type { RawRequest } from './raw.ts';

// Takes effect only before the first use of libuv's threads.
process.env.UV_THREADPOOL_SIZE = String(availableParallelism() + 2);
// The same priority as in the service, so that other load on the machine affects both alike.
await lowerWorkerPriority();
const implementations = [...loadArgon2().implementations, ...loadOwn(process.argv[2])];
/** With nothing else to do between hashes, more of them than cores would be slower. */
const concurrency = availableParallelism();

process.on('message', ({ name, seconds }: RawRequest) => {
	const argon2 = implementations.find((one) => one.name === name);
	if (argon2) void hashFor(argon2, seconds).then((perSecond) => process.send?.(perSecond));
});
process.on('disconnect', () => process.exit());
process.send?.(implementations.map(({ name }) => name));

/** The implementation that was compiled for this machine's processor, if there was a compiler. */
function loadOwn(path?: string): Argon2Implementation[] {
	if (!path) return [];
	const addon = createRequire(import.meta.url)(path) as CompiledAddon;
	// The last variant, the baseline, is the one that was compiled for this processor. The service has the others.
	const own = useCompiled(addon).at(-1);
	return own ? [{ name: 'argon2 compiled for this processor', derive: own.derive }] : [];
}

async function hashFor(argon2: Argon2, seconds: number): Promise<number> {
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
	await Promise.all(Array.from({ length: concurrency }, worker));
	return count / ((performance.now() - startedAt) / 1000);
}
