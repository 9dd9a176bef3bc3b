import { exitStatus } from '../exit-status.ts';

/** One mistake in the settings, in words for operators. */
export interface ConfigProblem {
	variable: string;
	/** What is wrong and what to write instead. */
	problem: string;
}

/** Lists every mistake in the settings. The process then exits with 78 (`EX_CONFIG`, sysexits.h). */
export class ConfigError extends Error {
	readonly exitStatus = exitStatus.config;
	readonly problems: readonly ConfigProblem[];

	constructor(problems: readonly ConfigProblem[]) {
		const lines = problems.map(({ variable, problem }) => `  ${variable}: ${problem}`);
		super(['Fix these settings:', ...lines].join('\n'));
		this.name = 'ConfigError';
		this.problems = problems;
	}
}
