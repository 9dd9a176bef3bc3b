import type { SettingValues } from './values.ts';

/** Settings of earlier versions, and the names that replaced them. */
export const renamedSettings: Readonly<Record<string, string>> = {
	LOGIN_LIMIT_DEVICES: 'LOGIN_LIMIT_KNOWN_BROWSERS',
	MAIL_LIMIT_ADDRESS: 'EMAIL_LIMIT_ADDRESS',
	MAIL_LIMIT_PREFIX: 'EMAIL_LIMIT_PREFIX'
};

/**
 * An old name alone is a mistake: without it, the default would apply, which may protect less. Beside the new name it is
 * only a warning, so that two versions can share one `.env` (docs/decisions/0021).
 */
export function refuseOldNames(values: SettingValues, warnings: string[]): void {
	for (const [previous, current] of Object.entries(renamedSettings)) {
		if (values.text(previous) === undefined) continue;
		if (values.text(current) === undefined) {
			values.report(previous, `is now ${current}, and the old name has no effect: rename it`);
		} else {
			warnings.push(`${previous} has no effect, because ${current} replaces it: remove the old name`);
		}
	}
}
