import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { runCli } from '../support/service/cli.ts';
import { request } from '../support/http/http.ts';
import { secretKeyOf } from '../support/people/tokens.ts';
import { useService } from '../support/service/use-service.ts';

const service = useService({ env: { ALGORITHM: 'ES256' } });

const settings = (env: Record<string, string | undefined> = {}) => ({
	PORT: String(service.port),
	DATA_DIR: service.dataDir,
	...service.database.environment,
	ALGORITHM: 'ES256',
	...env
});
const keys = (args: string, env: Record<string, string | undefined> = {}) =>
	runCli(['keys', ...args.split(' ').filter(Boolean)], settings(env));
const published = async () => {
	const { json } = await request(service.origin, { path: '/.well-known/jwks.json' });
	return (json.keys as { kid: string }[]).map(({ kid }) => kid);
};

test(
	'keys are listed, rotated and revoked, and the running service follows',
	{ timeout: 60_000 },
	async () => {
		const [first = ''] = await published();
		expect(await keys('list')).toMatchObject({
			status: 0,
			stdout: expect.stringMatching(new RegExp(`^${first} {2}ES256 {2}current {2}signs since \\S+Z\n$`))
		});

		const rotated = await keys('rotate');
		const next = rotated.stdout.slice(0, 43);
		expect(rotated).toMatchObject({ status: 0, stdout: expect.stringContaining('signs from 2') });
		expect((await keys('rotate')).stdout, 'once more brings no other').toBe(rotated.stdout);
		const { stdout } = await keys('list');
		expect(stdout).toMatch(new RegExp(`^${next} {2}ES256 {2}next .*\n${first} {2}ES256 {2}current `));
		await expect.poll(published, { timeout: 20_000 }).toEqual([next, first]);

		const revoked = await keys(`revoke ${first}`);
		expect(revoked).toMatchObject({ status: 0, stdout: expect.stringContaining(`${next} signs now`) });
		await expect.poll(published, { timeout: 20_000 }).toEqual([next]);
		const events = service.logs().map(({ event, kid }) => [event, kid]);
		expect(events).toContainEqual(['signing_key.added', next]);
		expect(events).toContainEqual(['signing_key.removed', first]);
	}
);

test('a key that is not there is said to be so', async () => {
	expect(await keys('revoke nothing')).toMatchObject({
		status: 1,
		stderr: expect.stringContaining('There is no key nothing')
	});
});

test('a secret that does not open the keys changes nothing, is said by doctor, and list still shows them', async () => {
	const env = { SECRET_KEY: randomBytes(48).toString('base64url') };
	const before = await published();
	expect(await keys('rotate', env)).toMatchObject({
		status: 1,
		stderr: expect.stringMatching(/^SECRET_KEY does not open[^\n]*SECRET_KEY_PREVIOUS[^\n]*\n$/)
	});
	expect((await keys('list', env)).stdout).toMatch(/NOT READABLE with this SECRET_KEY/);
	const doctor = async (more: Record<string, string>) =>
		(await runCli(['doctor'], settings(more))).stdout.match(/^.*signing keys.*$/m)?.[0];
	expect(await doctor(env)).toMatch(/^failure .* cannot be decrypted with SECRET_KEY: set SECRET_KEY/);
	expect(await doctor({ ...env, SECRET_KEY_PREVIOUS: secretKeyOf(service) })).toMatch(/^ok .*ES256, /);
	expect(await doctor({})).toMatch(new RegExp(`^ok .*ES256, ${before[0]} has signed for 0 days$`));
	expect(await published()).toEqual(before);
});

test('without key pairs there is nothing to rotate, and that is said', async () => {
	expect(await keys('rotate', { ALGORITHM: 'HS256' })).toMatchObject({
		status: 1,
		stderr: expect.stringContaining('ALGORITHM is HS256')
	});
});

test.each([[''], ['heal'], ['revoke'], ['list x'], ['list --now'], ['revoke a b']])(
	'"keys %s" is answered with the usage and status 2',
	async (args) => {
		expect(await keys(args)).toMatchObject({
			status: 2,
			stderr: expect.stringContaining('usage: npm run keys')
		});
	}
);
