import { expect, test } from 'vitest';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './config.ts';

const key = 'k'.repeat(32);

test.for([
	[{}, { algorithm: 'HS256', previousSecretKey: undefined, signingKeyRotationDays: 90 }],
	[
		{ ALGORITHM: 'RS256', SECRET_KEY: key },
		{ algorithm: 'RS256', secretKey: key }
	],
	[{}, { refreshTokenDays: 30, refreshTokenIdleDays: 7 }],
	[
		{ ALGORITHM: 'EdDSA', SIGNING_KEY_ROTATION_DAYS: '0' },
		{ algorithm: 'EdDSA', signingKeyRotationDays: 0 }
	],
	[
		{ ALGORITHM: 'ES256', SECRET_KEY_PREVIOUS: 'old' },
		{ algorithm: 'ES256', previousSecretKey: 'old', warnings: [] }
	],
	[
		{ SECRET_KEY: key, SECRET_KEY_PREVIOUS: key },
		{ warnings: [expect.stringContaining('SECRET_KEY_PREVIOUS is the same')] }
	]
] as const)('%j is read', ([env, config]) => {
	expect(parseConfig({ ...env })).toMatchObject(config);
});

test.for([
	['ALGORITHM', { ALGORITHM: 'es256' }],
	['SECRET_KEY', { ALGORITHM: 'RS256', SECRET_KEY: key.slice(1) }],
	['SECRET_KEY_PREVIOUS_FILE', { SECRET_KEY_PREVIOUS_FILE: '/nowhere/at/all' }],
	['SIGNING_KEY_ROTATION_DAYS', { SIGNING_KEY_ROTATION_DAYS: '-1' }],
	['SIGNING_KEY_ROTATION_DAYS', { SIGNING_KEY_ROTATION_DAYS: '90d' }],
	['REFRESH_TOKEN_DAYS', { REFRESH_TOKEN_DAYS: '0' }],
	['REFRESH_TOKEN_IDLE_DAYS', { REFRESH_TOKEN_IDLE_DAYS: 'week' }]
] as const)('%s in %j is named', ([variable, env]) => {
	expect(() => parseConfig({ ...env })).toThrow(ConfigError);
	expect(() => parseConfig({ ...env })).toThrow(new RegExp(`${variable}: `));
});
