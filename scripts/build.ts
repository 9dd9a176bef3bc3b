import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const output = 'build/server.js';
const generated = join('src', 'lib', 'paraglide');
const sources = [
	'src',
	'messages',
	'migrations',
	'static',
	'project.inlang/settings.json',
	'scripts/messages.ts',
	'scripts/message-faults.ts',
	'scripts/build-argon2.ts',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts'
];

if (process.argv.includes('--if-stale') && !isStale()) process.exit(0);
// Only now: an installation with the production dependencies alone has no Vite, and no need of it.
const { requireWholeMessages } = await import('./messages.ts');
const { buildArgon2 } = await import('./build-argon2.ts');
requireWholeMessages();
const { build } = await import('vite');
await build();
await buildEntries();
await buildArgon2().catch(({ message }: Error) => {
	const [reason] = message.split('\n', 1);
	console.warn(`argon2 is not compiled, @node-rs/argon2 hashes instead (docs/decisions/0007): ${reason}`);
});
// The compiler of the messages leaves timers behind that would hold the process for half a minute.
process.exit();

/** The processes around the app. They run beside the handler in `build/` and share the app's modules as copies. */
async function buildEntries(): Promise<void> {
	await build({
		plugins: [],
		configFile: false,
		logLevel: 'warn',
		resolve: { conditions: ['node'] },
		ssr: { noExternal: true },
		build: {
			ssr: true,
			outDir: 'build',
			emptyOutDir: false,
			target: 'node24',
			sourcemap: true,
			rollupOptions: {
				input: { server: 'src/server.ts', cli: 'src/cli.ts' },
				// The built app stays a file of its own; native code cannot be bundled.
				external: [/handler\.js$/, '@node-rs/argon2'],
				output: { chunkFileNames: 'entries/[name]-[hash].js' }
			}
		}
	});
}

/** Whether a source is newer than the build, or one has gone; what cannot be built here never is. */
function isStale(): boolean {
	if (existsSync(output) && !existsSync('node_modules/vite')) return false;
	const builtAt = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
	return sources.some((source) => newestChange(source) > builtAt);
}

function newestChange(path: string): number {
	// What the build itself generates does not count, nor does the folder that it was generated into.
	if (path === generated) return 0;
	const stats = statSync(path, { throwIfNoEntry: false });
	if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0;
	const own = path === dirname(generated) ? 0 : stats.mtimeMs;
	return Math.max(own, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}
