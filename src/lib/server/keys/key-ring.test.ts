import { describe, expect, test } from 'vitest';
import {
	after,
	dayMs,
	keySecret,
	minuteMs,
	startKeyInstance,
	useKeyTable
} from '../../../../tests/support/service/key-instance.ts';
import { createKeyVault } from './key-vault.ts';
import { revokeSigningKey, rotateSigningKey } from './signing-keys.ts';

const { sqlite, running, maker, rows } = useKeyTable();

test('instances that start together make one key, and accept the tokens of each other', async () => {
	const instances = await Promise.all(Array.from({ length: 4 }, () => running()));
	const [row, ...others] = await rows();
	expect(others).toEqual([]);
	const tokens = await Promise.all(instances.map((instance) => instance.issue(0)));
	for (const instance of instances) {
		expect(instance.kids()).toEqual([row?.kid]);
		for (const token of tokens) expect(await instance.accepts(token, 0)).toBe(true);
	}
});

test('the table contains the sealed private key, under a name that reveals nothing about the secret', async () => {
	await running();
	const [row] = await rows();
	expect(row?.private_key).toMatch(/^1\.[\w-]{16}\.[\w-]{22}\.[\w-]{200,}$/);
	expect(row?.sealed_with).toMatch(/^[\da-f]{16}$/);
});

test('a scheduled rotation publishes one new key before it signs, and the old key until its tokens expire', async () => {
	const lines: string[] = [];
	const instances = await Promise.all([running({ lines }), running({ lines })]);
	const [first] = instances[0]?.kids() ?? [];
	const due = 90 * dayMs;
	const refresh = (at: number) => Promise.all(instances.map(({ ring }) => ring.refresh(after(at))));
	await refresh(due - 16 * minuteMs);
	expect(await rows()).toHaveLength(1);
	await refresh(due - 15 * minuteMs);
	await refresh(due - 15 * minuteMs);
	const [, next] = await rows();
	for (const instance of instances) expect(instance.kids()).toEqual([next?.kid, first]);

	for (let at = due - 15 * minuteMs; at <= due + 25 * minuteMs; at += minuteMs) {
		await refresh(at);
		const tokens = await Promise.all(instances.map((instance) => instance.issue(at)));
		for (const token of tokens) {
			const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as object;
			expect(header).toMatchObject({ kid: at < due ? first : next?.kid });
			for (const instance of instances) expect(await instance.accepts(token, at)).toBe(true);
		}
	}
	expect((await rows()).map(({ kid }) => kid)).toEqual([next?.kid]);
	expect(lines.filter((line) => line === `signing_key.added ${next?.kid}`)).toHaveLength(2);
	expect(lines.filter((line) => line === `signing_key.removed ${first}`)).toHaveLength(2);
});

test('a token of an unknown key causes a refresh of the keys, once a second at most', async () => {
	const [one, other] = [await running(), await running()];
	await revokeSigningKey(sqlite.db, maker, { kid: one.kids()[0] ?? '', now: after(2000) });
	await one.ring.refresh(after(2000));
	const token = await one.issue(2000);
	expect(await other.accepts(token, 999), 'too soon after the last refresh').toBe(false);
	expect(await other.accepts(token, 2000)).toBe(true);
	for (const kid of [1, null, '', 'x'.repeat(43), {}]) {
		expect(await other.ring.findVerifyingKey(kid, after(9000))).toBeUndefined();
	}
});

test('while the database is unavailable, the keys in memory are used', async () => {
	const db = sqlite.open();
	const instance = await startKeyInstance(db);
	const token = await instance.issue(0);
	await sqlite.db.schema.alterTable('signing_keys').renameTo('away').execute();
	await expect(instance.ring.refresh(after(minuteMs))).rejects.toThrow(/signing_keys/);
	expect(await instance.accepts(token, minuteMs)).toBe(true);
	expect(await instance.ring.findVerifyingKey('x'.repeat(43), after(2 * minuteMs))).toBeUndefined();
	expect(await instance.accepts(await instance.issue(minuteMs), minuteMs)).toBe(true);
	await sqlite.db.schema.alterTable('away').renameTo('signing_keys').execute();
});

describe('rotating by hand', () => {
	test('adds one key, which signs a quarter of an hour later, and no other when it is repeated', async () => {
		const instance = await running();
		const next = await rotateSigningKey(sqlite.db, maker, { now: after(minuteMs) });
		expect(await rotateSigningKey(sqlite.db, maker, { now: after(2 * minuteMs) })).toEqual(next);
		expect(next.activates_at).toBe(after(0).getTime() + 16 * minuteMs);
		await instance.ring.refresh(after(2 * minuteMs));
		expect(instance.ring.findSigningKey(after(16 * minuteMs - 1)).kid).not.toBe(next.kid);
		expect(instance.ring.findSigningKey(after(16 * minuteMs)).kid).toBe(next.kid);
	});

	test('immediately makes the next key sign in a minute, even if it was already waiting', async () => {
		await running();
		const waiting = await rotateSigningKey(sqlite.db, maker, { now: after(0) });
		const immediate = await rotateSigningKey(sqlite.db, maker, { isImmediate: true, now: after(minuteMs) });
		expect(immediate).toMatchObject({ kid: waiting.kid, activates_at: after(0).getTime() + 2 * minuteMs });
	});
});

describe('revoking', () => {
	test('the current key adds another one immediately, and its tokens are refused', async () => {
		const instance = await running();
		const [kid = ''] = instance.kids();
		const token = await instance.issue(0);
		const answer = await revokeSigningKey(sqlite.db, maker, { kid, now: after(minuteMs) });
		await instance.ring.refresh(after(minuteMs));
		expect(instance.kids()).toEqual([answer?.current]);
		expect(answer?.current).not.toBe(kid);
		expect(await instance.accepts(token, minuteMs)).toBe(false);
		expect(await instance.accepts(await instance.issue(minuteMs), minuteMs)).toBe(true);
	});

	test('the current key makes the next one sign immediately', async () => {
		const instance = await running();
		const next = await rotateSigningKey(sqlite.db, maker, { now: after(0) });
		const answer = await revokeSigningKey(sqlite.db, maker, {
			kid: instance.kids()[0] ?? '',
			now: after(minuteMs)
		});
		expect(answer).toEqual({ current: next.kid });
		expect(await rows()).toMatchObject([{ kid: next.kid, activates_at: after(0).getTime() + minuteMs }]);
	});

	test('an unknown key gives no result', async () => {
		expect(await revokeSigningKey(sqlite.db, maker, { kid: 'x', now: after(0) })).toBeUndefined();
	});
});

test('a new algorithm gets its own key; the previous key stays published, but its tokens are refused', async () => {
	const before = await running();
	const token = await before.issue(0);
	const changed = await running({ algorithm: 'EdDSA', at: minuteMs });
	expect(await changed.accepts(token, minuteMs)).toBe(false);
	expect(await changed.accepts(await changed.issue(minuteMs), minuteMs)).toBe(true);
	expect(changed.kids()).toHaveLength(2);
	const [, body, signature] = token.split('.');
	const header = { alg: 'EdDSA', typ: 'at+jwt', kid: before.kids()[0] };
	const forged = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${body}.${signature}`;
	expect(await changed.accepts(forged, minuteMs), 'a key of another type causes no exception').toBe(false);
	await changed.ring.refresh(after(21 * minuteMs));
	expect(changed.kids()).toHaveLength(1);
});

test('an instance knows whether it lacks the key that another instance signs with', async () => {
	const [old, other] = [await running(), await running({ secretKey: 'new', previous: keySecret })];
	expect([old.ring.lacksKeys, other.ring.lacksKeys]).toEqual([false, false]);
	await rotateSigningKey(
		sqlite.db,
		{ ...maker, vault: createKeyVault('new', keySecret) },
		{ now: after(minuteMs) }
	);
	await old.ring.refresh(after(2 * minuteMs));
	await other.ring.refresh(after(2 * minuteMs));
	expect([old.ring.lacksKeys, other.ring.lacksKeys]).toEqual([true, false]);
});
