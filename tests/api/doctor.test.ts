import { expect, test } from 'vitest';
import { renamedSettings } from '#lib/server/config/renamed.ts';
import { runCli } from '../support/service/cli.ts';
import { examine } from '../support/service/doctor.ts';
import { useService } from '../support/service/use-service.ts';

const service = useService();

function settings(): Record<string, string | undefined> {
	return {
		HOST: '127.0.0.1',
		PORT: String(service.port),
		DATA_DIR: service.dataDir,
		...service.database.environment
	};
}

test('a healthy installation has no failure, and status 0', async () => {
	const { status, findings, find } = await examine(settings());
	expect(findings.filter(({ level }) => level === 'failure')).toEqual([]);
	expect(status).toBe(0);
	for (const subject of ['version', 'secret key', 'database', 'schema', 'certificate', 'disk']) {
		expect(find(subject)?.level, subject).toBe('ok');
	}
	// A slow machine is a warning.
	expect(find('hashing')?.level).toMatch(/^(ok|warning)$/);
	expect(find('service')).toMatchObject({ level: 'ok', message: `ready on port ${service.port}` });
});

test('a line for each finding is what a person gets', async () => {
	const { stdout } = await runCli(['doctor'], settings());
	expect(stdout).toMatch(/^ok {7}schema {7}current$/m);
	expect(stdout).toMatch(
		/^(ok {7}|warning {2})hashing {6}argon2id m=19456,t=2,p=1: \d+ ms a hash with (argon2 compiled for [\w-]+|@node-rs\/argon2), \d+ concurrently, about \d+ hashes a second/m
	);
});

test('settings that are wrong are failures, all of them', async () => {
	const { status, findings } = await examine({ ...settings(), ALGORITHM: 'none', PASSWORD_MIN_LENGTH: '4' });
	expect(status).toBe(1);
	expect(findings.map(({ level, subject }) => [level, subject])).toEqual([
		['failure', 'ALGORITHM'],
		['failure', 'PASSWORD_MIN_LENGTH']
	]);
});

test('the old name of a setting is a failure, and a warning beside the new name', async () => {
	const [previous = '', current = ''] = Object.entries(renamedSettings)[0] ?? [];
	const alone = await examine({ ...settings(), [previous]: '20/1h' });
	expect(alone).toMatchObject({
		status: 1,
		findings: [{ level: 'failure', subject: previous, message: expect.stringContaining(`is now ${current}`) }]
	});
	const beside = await examine({ ...settings(), [previous]: '20/1h', [current]: '20/1h' });
	expect(beside.status).toBe(0);
	expect(beside.find('settings')).toMatchObject({
		level: 'warning',
		message: expect.stringContaining(`${previous} has no effect`)
	});
});

test('a certificate that is missing is a failure with a remedy', async () => {
	const { status, find } = await examine({
		...settings(),
		TLS_CERT_FILE: '/missing',
		TLS_KEY_FILE: '/missing'
	});
	expect(status).toBe(1);
	expect(find('TLS_CERT_FILE')?.level).toBe('failure');
});

test('trusting every address, and https without a proxy, are warnings', async () => {
	const all = await examine({ ...settings(), TRUSTED_PROXIES: '0.0.0.0/0' });
	expect(all.find('proxies')).toMatchObject({ level: 'warning', message: 'every address is trusted' });
	const none = await examine({ ...settings(), ORIGIN: 'https://login.example.org' });
	expect(none.find('proxies')?.level).toBe('warning');
});

test('secrets are not shown', async () => {
	const { stdout } = await runCli(['doctor'], { ...settings(), SECRET_KEY: 'k3y'.repeat(30) });
	expect(stdout).not.toContain('k3yk3y');
	expect(stdout).toMatch(/^warning +secret key +HS256, 90 bytes, but with few different characters/m);
});

test('a service that does not run is a warning', async () => {
	const { find } = await examine({ ...settings(), PORT: '9' });
	expect(find('service')?.level).toBe('warning');
});

test('an unknown command is answered with the usage and status 2', async () => {
	const { status, stderr } = await runCli(['heal']);
	expect(status).toBe(2);
	expect(stderr).toContain('usage: node build/cli.js <command>');
});
