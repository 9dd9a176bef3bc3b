import { readFileSync } from 'node:fs';
import { compile, type CompilerOptions } from '@inlang/paraglide-js';
import { findMessageFaults, type Messages } from './message-faults.ts';

/** How `messages/*.json` are compiled, for `vite build`, the type check and the process entry. */
export const messagesOptions = {
	project: './project.inlang',
	outdir: './src/lib/paraglide',
	// The language of a request is chosen in http/language.ts, that of a page in hooks.client.ts.
	strategy: ['baseLocale'],
	emitGitIgnore: false,
	emitPrettierIgnore: false,
	emitReadme: false
} satisfies CompilerOptions;

/** The messages in `messages/` by language, English first. */
export function readMessages(): Record<string, Messages> {
	const { locales } = readJson('project.inlang/settings.json') as { locales: string[] };
	return Object.fromEntries(
		locales.map((language) => [language, readJson(`messages/${language}.json`) as Messages])
	);
}

/** Exits when a message is missing or does not fit, because the compiler would silently use the English one. */
export function requireWholeMessages(): void {
	const faults = findMessageFaults(readMessages());
	if (faults.length === 0) return;
	process.stderr.write(faults.map((fault) => `messages/${fault}\n`).join(''));
	process.exit(1);
}

function readJson(path: string): unknown {
	return JSON.parse(readFileSync(path, 'utf8'));
}

if (import.meta.main) {
	requireWholeMessages();
	await compile(messagesOptions);
	// The compiler leaves timers behind that would keep the process alive for half a minute.
	process.exit();
}
