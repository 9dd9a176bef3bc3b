import { describe, expect, test } from 'vitest';
import {
	after,
	dayMs,
	keySecret,
	minuteMs,
	useKeyTable
} from '../../../../tests/support/service/key-instance.ts';
import { createKeyVault, openPrivateKey, sealPrivateKey } from './key-vault.ts';
import { revokeSigningKey, rotateSigningKey } from './signing-keys.ts';

const { sqlite, running, maker, rows } = useKeyTable();

describe('a changed secret', () => {
	test('opens no key: the start fails with instructions, and nothing is changed', async () => {
		await running();
		const before = await rows();
		await expect(running({ secretKey: `${keySecret}!` })).rejects.toThrow(
			/^SECRET_KEY does not open .*SECRET_KEY_PREVIOUS.*revoke/
		);
		const wrong = { ...maker, vault: createKeyVault(`${keySecret}!`) };
		await expect(rotateSigningKey(sqlite.db, wrong)).rejects.toThrow(/SECRET_KEY does not open/);
		expect(await rows()).toEqual(before);
	});

	test('with the previous one beside it seals the keys again, and tokens stay valid', async () => {
		const token = await (await running()).issue(0);
		const changed = await running({ secretKey: `${keySecret}!`, previous: keySecret });
		expect(await changed.accepts(token, 0)).toBe(true);
		const later = await running({ secretKey: `${keySecret}!` });
		expect(await later.accepts(token, 0)).toBe(true);
		await expect(running()).rejects.toThrow(/SECRET_KEY/);
	});

	test('lets a running instance keep its keys, but make no key that others cannot open', async () => {
		const lines: string[] = [];
		const before = await running({ lines });
		const changed = await running({ secretKey: `${keySecret}!`, previous: keySecret });
		await before.ring.refresh(after(minuteMs));
		expect(await changed.accepts(await before.issue(minuteMs), minuteMs)).toBe(true);
		const due = 90 * dayMs;
		await changed.ring.refresh(after(due));
		const [, next] = await rows();
		await before.ring.refresh(after(due + minuteMs));
		await before.ring.refresh(after(2 * due));
		expect((await rows()).map(({ kid }) => kid)).toEqual([next?.kid]);
		expect(lines.filter((line) => line.startsWith('SECRET_KEY does not open'))).toHaveLength(1);
	});
});

test('a key that was modified in the table is reported as damaged, and can be replaced', async () => {
	await running();
	const [row] = await rows();
	const text = row?.private_key ?? '';
	await sqlite.db
		.updateTable('signing_keys')
		.set({ private_key: `${text.slice(0, -4)}AAAA` })
		.execute();
	await expect(running()).rejects.toThrow(
		new RegExp(`${row?.kid} in the database is damaged.*revoke ${row?.kid}`)
	);
	await revokeSigningKey(sqlite.db, maker, { kid: row?.kid ?? '', now: after(0) });
	await expect(running()).resolves.toBeDefined();
});

test('a sealed key opens only with its own name and algorithm', () => {
	const vault = createKeyVault(keySecret);
	const row = {
		kid: 'one',
		algorithm: 'ES256',
		...sealPrivateKey(vault, 'pem', { kid: 'one', algorithm: 'ES256' })
	};
	expect(openPrivateKey(vault, row)).toEqual({ pem: 'pem' });
	expect(openPrivateKey(vault, { ...row, kid: 'other' })).toEqual({ fault: 'damaged' });
	expect(openPrivateKey(vault, { ...row, algorithm: 'EdDSA' })).toEqual({ fault: 'damaged' });
});
