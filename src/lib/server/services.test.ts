import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { expect, test } from 'vitest';
import { parseConfig } from './config/config.ts';
import { startServices } from './services.ts';

// While it starts it makes a signing key, which takes a while, and stores it then.
test.for([0, 1, 4, 16, 64])(
	'stopped %i turns after the start, nothing asks the database after it was closed',
	async (turns) => {
		const folder = mkdtempSync(join(tmpdir(), 'um-services-'));
		const complaints: string[] = [];
		const log = pino({ level: 'warn' }, { write: (line) => void complaints.push(line) });
		const config = parseConfig({ DATA_DIR: folder, ALGORITHM: 'ES256' });
		const services = startServices(config, log, {
			onFault: ({ message }) => complaints.push(message),
			onPublish() {}
		});
		for (let turn = 0; turn < turns; turn++) await nextTurn();
		await services.stop();
		await pause(100);
		expect(complaints).toEqual([]);
		rmSync(folder, { recursive: true });
	}
);
