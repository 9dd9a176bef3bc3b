import { expect } from '@playwright/test';
import { test } from '../../support/browser/pages.ts';
import { startService } from '../../support/service/service.ts';

// A browser without the Reporting API, as the headless shell is, uses `report-uri`, unless it reads `report-to`.
// What the Reporting API sends: tests/api/reports.test.ts.
test('what the browser blocks on a page comes to the log', async ({ page }) => {
	const service = await startService({ engine: 'sqlite', env: { LOG_LEVEL: 'debug' } });
	try {
		await page.route('**/login?*', async (route) => {
			const response = await route.fetch();
			const { 'content-security-policy': policy = '', ...headers } = response.headers();
			const withoutReportTo = policy.replace(/; *report-to csp/, '');
			await route.fulfill({ response, headers: { ...headers, 'content-security-policy': withoutReportTo } });
		});
		await page.goto(`${service.origin}/login?secret=geheim`);
		await page.evaluate(() => {
			document.body.append(Object.assign(new Image(), { src: 'https://evil.example/pixel.png?who=ada' }));
			try {
				document.body.innerHTML = 'geheim';
			} catch {
				// Trusted Types.
			}
		});
		const reports = () => service.logs().filter((line) => line.directive !== undefined);
		await expect
			.poll(reports, { timeout: 20_000 })
			.toContainEqual(
				expect.objectContaining({ page: '/login', directive: 'img-src', blocked: 'https://evil.example' })
			);
		expect(service.output()).not.toContain('geheim');
	} finally {
		await service.stop();
	}
});
