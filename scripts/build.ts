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
// Imported late, because an installation with only the production dependencies has no Vite and does not need it.
const { requireWholeMessages } = await import('./messages.ts');
const { buildArgon2 } = await import('./build-argon2.ts');
requireWholeMessages();
const { build } = await import('vite');
await build();
await buildEntries();
await buildArgon2().catch(({ message }: Error) => {
	const [reason] = message.split('\n', 1);
	console.warn(`argon2 was not compiled, so @node-rs/argon2 is used (docs/decisions/0020): ${reason}`);
});
// The compiler of the messages leaves timers behind that would keep the process alive for half a minute.
process.exit();

/** Builds the programs around the app. They run beside the handler in `build/` and have copies of the app's modules. */
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
				// The built app stays a separate file, and native code cannot be bundled.
				external: [/handler\.js$/, '@node-rs/argon2'],
				output: { chunkFileNames: 'entries/[name]-[hash].js' }
			}
		}
	});
}

/** Whether a source is newer than the build. Always false where nothing can be built. */
function isStale(): boolean {
	if (existsSync(output) && !existsSync('node_modules/vite')) return false;
	const builtAt = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
	return sources.some((source) => newestChange(source) > builtAt);
}

function newestChange(path: string): number {
	// Files that the build generates do not count, nor does the change of the folder that contains them.
	if (path === generated) return 0;
	const stats = statSync(path, { throwIfNoEntry: false });
	if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0;
	const own = path === dirname(generated) ? 0 : stats.mtimeMs;
	return Math.max(own, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}
