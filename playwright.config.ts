import { defineConfig, devices } from '@playwright/test';
import { browserArguments, installedBrowser } from './scripts/test/browser.ts';

const use = {
	...devices['Desktop Chrome'],
	trace: 'off',
	screenshot: 'off',
	video: 'off',
	// Between tests the window is emptied, not made anew: starting its processes took most of the time.
	reuseContext: true,
	launchOptions: { executablePath: installedBrowser(), args: browserArguments }
} as const;

// Every spec runs with JavaScript and without; what is about the enhancement itself lies in tests/pages/enhanced/.
export default defineConfig({
	testDir: 'tests/pages',
	testMatch: '**/*.spec.ts',
	outputDir: '.test/pages',
	fullyParallel: true,
	forbidOnly: true,
	retries: 0,
	workers: 2,
	timeout: 120_000,
	reporter: [['dot'], ['json', { outputFile: '.test/reports/pages.json' }]],
	projects: [
		{ name: 'with JavaScript', use },
		{ name: 'without JavaScript', use: { ...use, javaScriptEnabled: false }, testIgnore: '**/enhanced/**' }
	]
});
