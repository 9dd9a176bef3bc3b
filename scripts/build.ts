import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const output = 'build/server.js';
const sources = [
	'src',
	'messages',
	'migrations',
	'static',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts'
];

if (process.argv.includes('--if-stale') && !isStale()) process.exit(0);
await build();
await buildEntries();
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
				external: [/handler\.js$/, 'argon2'],
				output: { chunkFileNames: 'entries/[name]-[hash].js' }
			}
		}
	});
}

/** Whether a source is newer than the build. */
function isStale(): boolean {
	const builtAt = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
	return sources.some((source) => newestChange(source) > builtAt);
}

function newestChange(path: string): number {
	// What the build itself generates does not count, nor does a folder that it was generated into.
	if (path === join('src', 'lib', 'paraglide')) return 0;
	const stats = statSync(path);
	if (!stats.isDirectory()) return stats.mtimeMs;
	return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}
