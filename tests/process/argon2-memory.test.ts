import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildArgon2 } from '../../scripts/build-argon2.ts';
import { runCommand } from '../support/service/command.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'um-argon2-'));
afterAll(() => rmSync(folder, { recursive: true }));

const checks = ['-O1', '-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
const hashing = path.resolve(import.meta.dirname, '../support/service/hash-under-checks.mjs');
const libraries = ['libasan.so', 'libubsan.so'].map(findLibrary);

// Needs the C compiler and the sanitizers of GCC.
test.skipIf(libraries.includes(undefined))(
	'the compiled argon2 reads and writes only its own memory, and does nothing that C leaves undefined',
	async () => {
		const addon = path.join(folder, 'argon2.node');
		await buildArgon2(addon, [], checks);
		// Node itself keeps memory until it ends.
		const env = { ...process.env, LD_PRELOAD: libraries.join(' '), ASAN_OPTIONS: 'detect_leaks=0' };
		const { status, stderr } = await runCommand([process.execPath, hashing, addon], { env });
		expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
	}
);

/** The path of a library of the compiler. */
function findLibrary(name: string): string | undefined {
	try {
		const found = execFileSync('cc', [`-print-file-name=${name}`], {
			encoding: 'utf8',
			stdio: 'pipe'
		}).trim();
		// Without the library, the answer is the name alone.
		return path.isAbsolute(found) ? found : undefined;
	} catch {
		return undefined;
	}
}
