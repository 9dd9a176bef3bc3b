import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

// Takes the picture in the README from a running service: node scripts/screenshot.ts [http://localhost:3000]
const address = process.argv[2] ?? 'http://localhost:3000';
const installed = process.env['PLAYWRIGHT_CHROMIUM'] ?? '/usr/bin/chromium';

const browser = await chromium.launch({
	// Playwright's own where none is installed.
	executablePath: existsSync(installed) ? installed : undefined,
	args: [
		...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
		'--disable-background-networking',
		'--disable-component-update',
		'--disable-sync',
		'--no-first-run'
	]
});
try {
	const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
	await page.goto(new URL('/register', address).href);
	await page.getByLabel('First name').fill('Ada');
	await page.getByLabel('Last name').fill('Lovelace');
	await page.getByLabel('Email address').fill('ada@example.org');
	// Its button comes with JavaScript: the page is whole.
	await page.getByRole('button', { name: 'Show password' }).waitFor();
	await page.getByLabel('Password', { exact: true }).focus();
	await page.screenshot({ path: 'docs/screenshot.png', caret: 'hide' });
} finally {
	await browser.close();
}
