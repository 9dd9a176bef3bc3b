import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createToken } from '../crypto/random.ts';

/**
 * The signing secret of an embedded installation: made at the first start, kept in `DATA_DIR/secret-key` (mode 0600).
 * Of two processes that start together the first one's key counts.
 */
export function loadOrCreateSecret(dataDir: string): string {
	const path = join(dataDir, 'secret-key');
	const existing = readIfThere(path);
	if (existing) return existing;
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	// 64 bytes and more, so that it is long enough for every algorithm.
	const secret = createToken() + createToken();
	const draft = `${path}.${process.pid}`;
	writeFileSync(draft, `${secret}\n`, { mode: 0o600 });
	chmodSync(draft, 0o600);
	try {
		linkSync(draft, path);
		return secret;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		return readFileSync(path, 'utf8').trimEnd();
	} finally {
		rmSync(draft, { force: true });
	}
}

function readIfThere(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8').trimEnd() || undefined;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}
