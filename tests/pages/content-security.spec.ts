import { signIn, visit } from '../support/browser/browsing.ts';
import { listenForComplaints } from '../support/browser/complaints.ts';
import { expect } from '@playwright/test';
import { test } from '../support/browser/pages.ts';

test('the browser applies no injected script or style, and reports it', async ({ page, service }) => {
	const complaints = await listenForComplaints(page);
	await signIn(page, service.origin);
	await page.route('/account', async (route) => {
		const response = await route.fetch();
		const injected = '<style>h1 { display: none }</style><script>document.title = "owned"</script>';
		const body = (await response.text()).replace('</body>', `${injected}</body>`);
		await route.fulfill({ response, body });
	});
	await visit(page, '/account');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(page).toHaveTitle('Your account · User Management');
	expect(complaints.join('\n')).toContain('style-src');
});
