import { test as base } from '@playwright/test';
import { startService, type Service } from '../service/service.ts';

/**
 * Playwright's `test` with a `service` on embedded SQLite per worker; relative addresses lead to it.
 * It is reached as `localhost`, the one host where a browser takes the session's cookie over plain HTTP.
 */
export const test = base.extend<object, { service: Service }>({
	service: [
		// Playwright reads the dependencies off this pattern.
		async ({}, use) => {
			const service = await startService({ engine: 'sqlite' });
			await use(service);
			await service.stop();
		},
		{ scope: 'worker' }
	],
	baseURL: async ({ service }, use) => use(service.origin)
});
