import { chromium, type Page } from '@playwright/test';
import messages from '../messages/en.json' with { type: 'json' };
import { startService } from '../tests/support/service/service.ts';
import { browserArguments, installedBrowser } from './test/browser.ts';

// Takes the screenshots for the README from the built service: npm run build && node scripts/screenshot.ts
const ada = {
	[messages.label_first_name]: 'Ada',
	[messages.label_last_name]: 'Lovelace',
	[messages.label_email]: 'ada@example.org'
};
const password = 'four calm green words';

const service = await startService({ engine: 'sqlite' });
// Playwright's own browser if none is installed.
const browser = await chromium.launch({ executablePath: installedBrowser(), args: browserArguments });
try {
	const page = await browser.newPage({
		baseURL: service.origin,
		viewport: { width: 1280, height: 800 },
		colorScheme: 'light'
	});
	await fillRegistration(page);
	await page.screenshot({ path: 'docs/screenshot.png', caret: 'hide' });
	await register(page);
	await page.screenshot({ path: 'docs/screenshot-account.png' });
} finally {
	await browser.close();
	await service.stop();
}

/** The registration page with a name and an address, and the focus on the password. */
async function fillRegistration(page: Page): Promise<void> {
	await page.goto('/register');
	for (const [label, value] of Object.entries(ada)) await page.getByLabel(label).fill(value);
	// JavaScript adds this button, so the page is complete.
	await page.getByRole('button', { name: messages.password_show }).waitFor();
	await page.getByLabel(messages.label_password, { exact: true }).focus();
}

/** Sends the form, which leads to the account page. */
async function register(page: Page): Promise<void> {
	const field = page.getByLabel(messages.label_password, { exact: true });
	await field.fill(password);
	await field.press('Enter');
	await page.waitForURL('/account');
}
