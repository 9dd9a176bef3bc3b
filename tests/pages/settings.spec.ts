import { visit } from '../support/browser/browsing.ts';
import { expect } from '@playwright/test';
import { test } from '../support/browser/pages.ts';
import { startService } from '../support/service/service.ts';

test('the pages bear the name and ask for the length that the settings say', async ({ page }) => {
	const service = await startService({
		engine: 'sqlite',
		env: { APP_NAME: 'Kennel & <Club>', PASSWORD_MIN_LENGTH: '15' }
	});
	try {
		for (const [path, title] of [
			['/login', 'Log in'],
			['/register', 'Create your account'],
			['/nope', 'Not found'],
			['/problems/email-taken', 'Email already registered']
		]) {
			await visit(page, service.origin + path);
			await expect(page).toHaveTitle(`${title} · Kennel & <Club>`);
			await expect(page.getByRole('banner').getByRole('link')).toHaveText('Kennel & <Club>');
		}
		await visit(page, `${service.origin}/register`);
		await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
			/^At least 15 characters\./
		);
	} finally {
		await service.stop();
	}
});
