import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createToken } from '../crypto/random.ts';

const fileName = 'secret-key';

/**
 * Loads the signing secret of an embedded installation. The first start generates it and stores it in
 * `DATA_DIR/secret-key` (mode 0600). If two processes start concurrently, the first one's secret counts.
 */
export function loadOrCreateSecret(dataDir: string): string {
	const existing = readSecret(dataDir);
	if (existing !== undefined) return existing;
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	// At least 64 bytes, which is enough for every algorithm.
	const secret = createToken() + createToken();
	const path = join(dataDir, fileName);
	const draft = `${path}.${process.pid}`;
	try {
		// Flushed before it gets its final name, so that a power failure leaves no empty secret.
		writeFileSync(draft, `${secret}\n`, { mode: 0o600, flush: true });
		linkSync(draft, path);
		return secret;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		return readSecret(dataDir) ?? secret;
	} finally {
		rmSync(draft, { force: true });
	}
}

/** The stored secret, which may be too short for the current algorithm; undefined if there is none. */
export function readSecret(dataDir: string): string | undefined {
	try {
		return readFileSync(join(dataDir, fileName), 'utf8').trimEnd();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}
