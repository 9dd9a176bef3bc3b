import { styleText, parseArgs } from 'node:util';
import type { Config } from '#lib/server/config/config.ts';
import { ConfigError } from '#lib/server/config/config-error.ts';
import { checkCertificate } from './checks/certificate.ts';
import { checkDatabase } from './checks/database.ts';
import type { Finding } from './checks/finding.ts';
import { checkMail } from './checks/mail.ts';
import { checkMachine } from './checks/machine.ts';
import { checkService } from './checks/service.ts';
import { checkSettings } from './checks/settings.ts';
import { checkSigningKeys } from './checks/signing-keys.ts';

const checks = [
	checkSettings,
	checkDatabase,
	checkSigningKeys,
	checkCertificate,
	checkMail,
	checkMachine,
	checkService
];
const colours = { ok: 'green', warning: 'yellow', failure: 'red' } as const;

/** `doctor`: checks everything that an installation needs, one line each, and names a remedy for each problem. */
export async function runDoctor(args: string[], readConfig: () => Config): Promise<number> {
	const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
	const findings = await examine(readConfig);
	if (values.json) console.log(JSON.stringify(findings, null, '\t'));
	else for (const finding of findings) console.log(formatFinding(finding));
	return findings.some(({ level }) => level === 'failure') ? 1 : 0;
}

async function examine(readConfig: () => Config): Promise<Finding[]> {
	try {
		const config = readConfig();
		const findings: Finding[] = [];
		for (const check of checks) findings.push(...(await check(config)));
		return findings;
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		return error.problems.map(({ variable, problem }) => ({
			level: 'failure',
			subject: variable,
			message: problem
		}));
	}
}

function formatFinding({ level, subject, message, remedy }: Finding): string {
	const mark = styleText(colours[level], level.padEnd(8));
	return `${mark} ${subject.padEnd(12)} ${message}${remedy ? `: ${remedy}` : ''}`;
}
