import { listenForComplaints } from '../support/complaints.ts';
import { pageStates } from '../support/page-states.ts';
import { expect, test } from '../support/pages.ts';

for (const { name, title, heading, open } of pageStates) {
	test(`${name}: has a title, one heading, a language and a way home, and breaks no policy`, async ({
		page,
		service
	}) => {
		const complaints = await listenForComplaints(page);
		await open(page, service);
		await expect(page).toHaveTitle(title);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText([heading]);
		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
		await expect(page.getByRole('main')).toHaveCount(1);
		await expect(page.locator('a[href="/"]').first()).toBeVisible();
		expect(complaints).toEqual([]);
	});
}
