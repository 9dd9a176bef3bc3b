import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runSuccessfully } from '../service/command.ts';
import { thirdLanguage, thirdMessages } from './third-language.ts';

const root = path.resolve(import.meta.dirname, '../../..');
/** What a build reads. */
const sources = [
	'src',
	'messages',
	'migrations',
	'static',
	'scripts',
	'project.inlang/settings.json',
	'package.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json'
];

export interface OtherBuild {
	/** The built program, as `entry` of `startService`. */
	entry: string;
	remove: () => void;
}

/**
 * Copies the sources, adds the language as docs/development.md says, and builds the copy: the build of the tests and what it
 * generates among the sources stay as they are.
 */
export async function buildThirdLanguage(): Promise<OtherBuild> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'um-language-'));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	try {
		const isGenerated = (file: string) => file === path.join(root, 'src/lib/paraglide');
		for (const source of sources) {
			const filter = (file: string) => !isGenerated(file);
			cpSync(path.join(root, source), path.join(folder, source), { recursive: true, filter });
		}
		symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
		addLanguage(folder);
		// A compiler that fails: these tests do without the compiled argon2.
		const env = { PATH: process.env.PATH, CC: 'false' };
		await runSuccessfully([process.execPath, 'scripts/build.ts'], { cwd: folder, env });
	} catch (error) {
		remove();
		throw error;
	}
	return { entry: path.join(folder, 'build/server.js'), remove };
}

function addLanguage(folder: string): void {
	const settingsFile = path.join(folder, 'project.inlang/settings.json');
	const settings = JSON.parse(readFileSync(settingsFile, 'utf8')) as { locales: string[] };
	settings.locales.push(thirdLanguage);
	writeFileSync(settingsFile, JSON.stringify(settings));
	writeFileSync(path.join(folder, `messages/${thirdLanguage}.json`), JSON.stringify(thirdMessages));
}
