import { runCli } from './cli.ts';

interface Finding {
	level: string;
	subject: string;
	message: string;
	remedy?: string;
}

/** What `doctor` finds with the given settings. */
export async function examine(env: Record<string, string | undefined>) {
	const { status, stdout } = await runCli(['doctor', '--json'], env);
	const findings = JSON.parse(stdout) as Finding[];
	return {
		status,
		findings,
		find: (subject: string) => findings.find((finding) => finding.subject === subject)
	};
}
