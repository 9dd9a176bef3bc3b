import { compile, type CompilerOptions } from '@inlang/paraglide-js';

/** How `messages/*.json` become functions: the same for `vite build`, the type check and the process entry. */
export const messagesOptions = {
	project: './project.inlang',
	outdir: './src/lib/paraglide',
	strategy: ['baseLocale'],
	emitGitIgnore: false,
	emitPrettierIgnore: false,
	emitReadme: false
} satisfies CompilerOptions;

if (import.meta.main) {
	await compile(messagesOptions);
	// The compiler leaves timers behind that would hold the process for half a minute.
	process.exit();
}
