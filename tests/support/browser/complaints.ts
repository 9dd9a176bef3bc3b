import type { Page } from '@playwright/test';
import { hasJavaScript } from './browsing.ts';

/**
 * Notes whatever the browser complains about on this page from now on: errors and warnings on the console, uncaught
 * exceptions, violations of the Content-Security-Policy, requests without an answer. That the page itself was answered
 * with an error's status is no complaint.
 */
export async function listenForComplaints(page: Page): Promise<string[]> {
	const complaints: string[] = [];
	page.on('console', (message) => {
		if (message.type() !== 'error' && message.type() !== 'warning') return;
		const isStatusOfPage =
			message.text().startsWith('Failed to load resource: the server responded with a status of') &&
			message.location().url === page.url();
		if (!isStatusOfPage) complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
	});
	page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
	page.on('requestfailed', (request) => {
		const reason = request.failure()?.errorText;
		// The page itself gave it up for something newer; and where scripts are off, Chromium does not load them.
		if (reason === 'net::ERR_ABORTED' || (request.resourceType() === 'script' && !hasJavaScript())) return;
		complaints.push(`no answer: ${request.url()} (${reason})`);
	});
	await page.addInitScript(() => {
		addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
			console.error(`violated ${violatedDirective} with ${blockedURI}`);
		});
	});
	return complaints;
}
