import { exhaustTries } from '../support/service/limits.ts';
import { logInOnPage, visit } from '../support/browser/browsing.ts';
import { expect } from '@playwright/test';
import { test } from '../support/browser/pages.ts';
import { register } from '../support/people/users.ts';

test('after too many wrong passwords the form says how long to wait, and keeps the address', async ({
	page,
	service
}) => {
	const { sent } = await register(service.origin);
	await exhaustTries(service, sent.email);
	await visit(page, '/login');
	await logInOnPage(page, sent);
	await expect(page.getByRole('alert')).toHaveText(
		/There were too many attempts\. Try again in (90|8\d) seconds\./
	);
	await expect(page.getByRole('alert')).toBeFocused();
	await expect(page.getByLabel('Email address')).toHaveValue(sent.email);
});
