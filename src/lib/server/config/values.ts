import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError, type ConfigProblem } from './config-error.ts';

type Env = Record<string, string | undefined>;

/** The settings as text. An empty variable counts as unset. A secret may also come from the file in `NAME_FILE`. */
export class SettingValues {
	readonly problems: ConfigProblem[] = [];
	readonly #env: Env;

	constructor(env: Env) {
		this.#env = env;
	}

	/** Like `text`, but an empty variable is an empty value. */
	raw(variable: string): string | undefined {
		return this.#env[variable];
	}

	text(variable: string): string | undefined {
		return this.#env[variable]?.trim() || undefined;
	}

	report(variable: string, problem: string): void {
		this.problems.push({ variable, problem });
	}

	/** A secret from `NAME` or from the file that `NAME_FILE` names, without its trailing newline. */
	secret(variable: string): string | undefined {
		const value = this.#env[variable];
		const fileVariable = `${variable}_FILE`;
		const path = this.text(fileVariable);
		if (!path) return value;
		if (value) {
			this.report(fileVariable, `${variable} is set as well: keep only one of the two`);
			return undefined;
		}
		try {
			return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)).replace(/\r?\n$/, '');
		} catch (error) {
			const why = error instanceof TypeError ? 'not UTF-8' : (error as NodeJS.ErrnoException).code;
			this.report(fileVariable, `${path} cannot be read (${why}): name a file that this process may read`);
			return undefined;
		}
	}

	integer(variable: string, range: { fallback: number; min: number; max: number }): number {
		const value = this.text(variable);
		if (value === undefined) return range.fallback;
		const number = Number(value);
		if (/^\d+$/.test(value) && number >= range.min && number <= range.max) return number;
		this.report(variable, `"${value}" is not a whole number from ${range.min} to ${range.max}`);
		return range.fallback;
	}

	choice<Choice extends string>(variable: string, choices: readonly Choice[], fallback: Choice): Choice {
		const value = this.text(variable);
		if (value === undefined) return fallback;
		const choice = choices.find((candidate) => candidate === value);
		if (choice) return choice;
		this.report(variable, `"${value}" is not known: write one of ${choices.join(', ')}`);
		return fallback;
	}

	list(variable: string): string[] | undefined {
		return this.text(variable)
			?.split(',')
			.map((entry) => entry.trim())
			.filter(Boolean);
	}
}

/** The process environment, then the file `.env` in the working directory, if it exists. */
export function readEnvironment(env: Env = process.env, path = '.env'): Env {
	try {
		return { ...parseEnv(readFileSync(path, 'utf8')), ...env };
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') return env;
		throw new ConfigError([
			{ variable: path, problem: `cannot be read (${code}): make it a file of settings` }
		]);
	}
}
