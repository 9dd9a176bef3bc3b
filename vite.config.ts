import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { messagesOptions } from './scripts/messages.ts';

const inTests = Boolean(process.env.VITEST);
const onMysql = process.env.TEST_ENGINE === 'mysql';

export default defineConfig({
	// The test run compiles the messages once, before steps that read them at the same time.
	plugins: inTests ? [] : [paraglideVitePlugin(messagesOptions), sveltekit()],
	test: {
		projects: [
			{
				plugins: [sveltekit()],
				test: {
					name: 'unit',
					environment: 'node',
					include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/*.test.ts'],
					expect: { requireAssertions: true }
				}
			},
			{
				test: {
					name: 'api',
					environment: 'node',
					include: ['tests/api/**/*.test.ts'],
					// What only one engine can show lies in a folder of its own, so that nothing is skipped.
					exclude: [`tests/api/${onMysql ? 'sqlite' : 'mysql'}/**`],
					expect: { requireAssertions: true },
					testTimeout: 20_000,
					hookTimeout: 60_000,
					// Every file starts a service that hashes on all cores: more at once only makes them late.
					maxWorkers: 2
				}
			}
		]
	}
});
