import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const ownFolder = join(root, 'src/lib/server/crypto/native');
/** The target of `#argon2` in package.json. */
const compiledArgon2 = join(root, 'build/argon2.node');

const commonFlags = ['-O3', '-fPIC', '-fvisibility=hidden', '-DNDEBUG', '-DNAPI_VERSION=8'];
const librarySources = ['core.c', 'blake2/blake2b.c', 'argon2.c', 'encoding.c', 'thread.c'];
const ownSources = ['memory.c', 'variants.c', 'addon.c'];
const isX64 = process.arch === 'x64';

/** The inner loop is compiled once for each variant. variants.c checks that the processor supports the variant. */
const variants = { baseline: [], ...(isX64 && { v3: ['-march=x86-64-v3'], v4: ['-march=x86-64-v4'] }) };

/**
 * Compiles the reference implementation of argon2 from the sources in the package `argon2`, with memory that is kept
 * between hashes. Needs a C compiler, and takes some seconds.
 *
 * @param baseline compiler options for the variant that every processor supports
 * @param checks compiler options for everything, such as those of a sanitizer
 * @throws when it cannot be compiled here; the output of an earlier build is deleted in any case
 */
export async function buildArgon2(
	output: string = compiledArgon2,
	baseline: string[] = variants.baseline,
	checks: string[] = []
): Promise<void> {
	rmSync(output, { force: true });
	if (process.platform !== 'linux')
		throw new Error(`it has been tested only on Linux, not on ${process.platform}`);
	mkdirSync(dirname(output), { recursive: true });
	const folder = mkdtempSync(`${output}-`);
	try {
		await compile({ ...variants, baseline }, checks, folder, basename(output));
		renameSync(join(folder, basename(output)), output);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function compile(
	flagsOf: Record<string, string[]>,
	checks: string[],
	folder: string,
	output: string
): Promise<void> {
	const require = createRequire(import.meta.url);
	const library = join(dirname(require.resolve('argon2/package.json')), 'argon2');
	const { include_dir: nodeHeaders } = require('node-api-headers') as { include_dir: string };
	const flags = [...commonFlags, ...checks, `-I${library}/include`, `-I${library}/src`, `-I${nodeHeaders}`];
	const cc = (...options: string[]) => run(process.env.CC || 'cc', options, { cwd: folder });

	const innerLoop = join(library, 'src', isX64 ? 'opt.c' : 'ref.c');
	await Promise.all([
		cc('-c', ...flags, ...librarySources.map((source) => join(library, 'src', source))),
		cc('-c', ...flags, '-std=c11', '-D_GNU_SOURCE', ...ownSources.map((source) => join(ownFolder, source))),
		...Object.entries(flagsOf).map(([name, own]) =>
			cc('-c', ...flags, ...own, `-Dfill_segment=fill_segment_${name}`, innerLoop, '-o', `fill-${name}.o`)
		)
	]);
	const objects = readdirSync(folder).filter((name) => name.endsWith('.o'));
	await cc('-shared', '-s', '-pthread', ...checks, ...objects, '-o', output);
}
