import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { messagesOptions } from './scripts/messages.ts';

const inTests = Boolean(process.env.VITEST);
const onMysql = process.env.TEST_ENGINE === 'mysql';
/** What is waited for comes soon, but a busy machine takes its time. */
const expect = { requireAssertions: true, poll: { timeout: 10_000 } };
/** Test files share no state, and a process for each costs more than most of them. */
const isolate = false;
/** Only for tests: a build does without Vitest. */
const sequence = inTests ? { sequencer: (await import('./scripts/test/sequencer.ts')).WaitingFirst } : {};

export default defineConfig(({ command }) => ({
	// The test run compiles the messages once, before steps that read them at the same time.
	plugins: inTests ? [] : [paraglideVitePlugin(messagesOptions), sveltekit()],
	// Everything but native code is bundled: libraries loaded from node_modules cost memory.
	ssr: command === 'build' ? { noExternal: true, external: ['@node-rs/argon2'] } : {},
	test: {
		sequence,
		projects: [
			{
				plugins: [sveltekit()],
				test: {
					name: 'unit',
					environment: 'node',
					include: [
						'src/**/*.test.ts',
						'scripts/**/*.test.ts',
						'tests/*.test.ts',
						'tests/architecture/*.test.ts'
					],
					expect,
					isolate,
					// Some hash and some make hundreds of inputs: a busy machine takes its time.
					testTimeout: 60_000
				}
			},
			{
				// The process around the app, whatever the engine: on SQLite.
				test: {
					name: 'process',
					environment: 'node',
					include: ['tests/process/**/*.test.ts'],
					expect,
					env: { TEST_ENGINE: 'sqlite' },
					testTimeout: 60_000,
					hookTimeout: 60_000,
					maxWorkers: 2
				}
			},
			{
				test: {
					name: 'api',
					environment: 'node',
					include: ['tests/api/**/*.test.ts'],
					// What only one engine can show lies in a folder of its own, so that nothing is skipped.
					exclude: [`tests/api/${onMysql ? 'sqlite' : 'mysql'}/**`],
					expect,
					isolate,
					testTimeout: 60_000,
					hookTimeout: 60_000,
					// Every file starts a service that hashes on all cores; some of them mostly wait.
					maxWorkers: 3
				}
			},
			{
				// API tests that compare times: with nothing beside them.
				test: {
					name: 'timing',
					environment: 'node',
					include: ['tests/timing/**/*.test.ts'],
					expect,
					testTimeout: 120_000,
					hookTimeout: 60_000,
					fileParallelism: false
				}
			},
			{
				// What goes wrong around the service, on both engines.
				test: {
					name: 'faults',
					environment: 'node',
					include: ['tests/faults/**/*.test.ts'],
					expect,
					testTimeout: 60_000,
					hookTimeout: 60_000,
					// Most of their time is waiting.
					maxWorkers: 3
				}
			},
			{
				// Needs nginx and Caddy: `npm test -- --only proxies`.
				test: {
					name: 'proxies',
					environment: 'node',
					include: ['tests/proxies/**/*.test.ts'],
					expect,
					env: { TEST_ENGINE: 'sqlite' },
					testTimeout: 30_000,
					hookTimeout: 60_000,
					fileParallelism: false
				}
			},
			{
				// Needs a Docker engine: scripts/test-container.ts runs it, `npm test` does not.
				test: {
					name: 'container',
					environment: 'node',
					include: ['tests/container/**/*.test.ts'],
					expect,
					testTimeout: 180_000,
					hookTimeout: 300_000,
					fileParallelism: false
				}
			}
		]
	}
}));
