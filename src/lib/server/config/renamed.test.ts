import { describe, expect, test } from 'vitest';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './config.ts';
import { renamedSettings } from './renamed.ts';

const limit = '10/1h';

describe.each(Object.entries(renamedSettings))('%s, the old name of %s,', (previous, current) => {
	test('stops the start with one line that has the new name', () => {
		const parse = () => parseConfig({ [previous]: limit });
		expect(parse).toThrow(ConfigError);
		expect(parse).toThrow(new RegExp(`^Fix these settings:\n  ${previous}: is now ${current}, .*$`));
	});

	test('is a warning beside the new name, which counts', () => {
		const config = parseConfig({ [previous]: limit, [current]: '12/1h' });
		expect(config.rateLimits).toEqual(parseConfig({ [current]: '12/1h' }).rateLimits);
		expect(config.warnings).toEqual([expect.stringContaining(`${previous} has no effect`)]);
	});

	test('counts as unset when it is empty', () => {
		expect(parseConfig({ [previous]: ' ' })).toEqual(parseConfig({}));
	});
});

test('the new names are settings that exist', () => {
	for (const current of Object.values(renamedSettings)) {
		expect(() => parseConfig({ [current]: 'x' }), current).toThrow(`${current}: `);
	}
});
