import { aptInstall, canInstall } from './apt.ts';
import { findProgram } from './run.ts';

const programs = ['nginx', 'caddy'];

/** nginx and Caddy of this machine, else Debian's packages. Throws one line that says what to install. */
export async function provideProxies(): Promise<void> {
	const missing = programs.filter((program) => !findProgram(program));
	if (missing.length === 0) return;
	if (!(await canInstall()))
		throw new Error(`install ${missing.join(' and ')}: the tests of the proxies need them`);
	await aptInstall(...missing);
}
