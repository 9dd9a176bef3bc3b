import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import messages from '../messages/en.json' with { type: 'json' };

// Takes the screenshot for the README from a running service: node scripts/screenshot.ts [http://localhost:3000]
const address = process.argv[2] ?? 'http://localhost:3000';
const installed = process.env['PLAYWRIGHT_CHROMIUM'] ?? '/usr/bin/chromium';

const browser = await chromium.launch({
	// Playwright's own browser if none is installed.
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
	await page.getByLabel(messages.label_first_name).fill('Ada');
	await page.getByLabel(messages.label_last_name).fill('Lovelace');
	await page.getByLabel(messages.label_email).fill('ada@example.org');
	// JavaScript adds this button, so the page is complete.
	await page.getByRole('button', { name: messages.password_show }).waitFor();
	await page.getByLabel(messages.label_password, { exact: true }).focus();
	await page.screenshot({ path: 'docs/screenshot.png', caret: 'hide' });
} finally {
	await browser.close();
}
