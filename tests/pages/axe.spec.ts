import { findBarriers } from '../support/axe.ts';
import { pageStates } from '../support/page-states.ts';
import { expect, test } from '../support/pages.ts';

for (const { name, open } of pageStates) {
	test(`${name}: axe finds nothing against WCAG 2.2 AA`, async ({ page, service }) => {
		await open(page, service);
		expect(await findBarriers(page)).toEqual([]);
	});
}
