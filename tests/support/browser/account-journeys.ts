import { m } from '../../../src/lib/paraglide/messages.js';
import { expect } from '@playwright/test';
import { atAnotherBrowser, Person, settle, test } from './journeys.ts';
import { newUser, uniqueEmail } from '../people/users.ts';

const newPassword = 'seven quiet yellow rivers';
const pathOf = ({ link }: { link: URL | undefined }) => `${link?.pathname}${link?.search}`;

/** What people do with their account, from one end to the other. */
export function describeAccountJourneys(): void {
	test('register, confirm the email, log in', async ({ page, habits, mail }) => {
		const person = new Person(page, habits);
		const user = newUser();
		await person.open('/register');
		await person.type(
			[m.label_first_name, user.first_name],
			[m.label_last_name, user.last_name],
			[m.label_email, user.email],
			[m.label_password, user.password]
		);
		await person.press(m.register_submit);
		await person.sees(m.check_email_title);
		await person.logIn(user);
		await person.isTold(m.refusal_email_not_verified_detail);
		await person.follow(m.check_email_again, m.check_email_title);

		const email = await mail.waitFor(user.email);
		expect(email.subject).toBe(person.say(m.email_verify_email_subject));
		await person.open(pathOf(email));
		await person.sees(m.verify_title);
		await person.press(m.verify_submit);
		await person.isTold(m.login_done_verified);
		await person.logIn(user);
		await person.isGreeted(user.first_name);
	});

	test('forget the password, set another by email', async ({ page, habits, browser, service, mail }) => {
		const person = new Person(page, habits);
		const user = await settle(service, person);
		const elsewhere = await atAnotherBrowser(browser, { service, habits });
		await elsewhere.open('/login');
		await elsewhere.follow(m.login_forgot, m.forgot_title);
		await elsewhere.type([m.label_email, user.email]);
		await elsewhere.press(m.forgot_submit);
		await elsewhere.isTold(m.check_email_reset);

		const subject = new RegExp(person.say(m.email_reset_password_subject));
		const email = await mail.waitFor(user.email, subject);
		await elsewhere.open(pathOf(email));
		await elsewhere.sees(m.reset_title);
		await elsewhere.type([m.label_new_password, 'short']);
		await elsewhere.press(m.reset_submit);
		await elsewhere.isTold(m.refusal_invalid_fields_detail);
		await elsewhere.type([m.label_new_password, newPassword]);
		await elsewhere.press(m.reset_submit);
		await elsewhere.isTold(m.login_done_reset);
		await elsewhere.logIn({ ...user, password: newPassword });
		await elsewhere.isGreeted(user.first_name);
		await elsewhere.open(pathOf(email));
		await elsewhere.isTold(m.refusal_link_used_detail);

		await page.reload();
		await person.sees(m.login_title);
		await mail.waitFor(user.email, new RegExp(person.say(m.email_password_changed_subject)));
	});

	test('change name and password', async ({ page, habits, browser, service, mail }) => {
		const person = new Person(page, habits);
		const user = await settle(service, person);
		const elsewhere = await atAnotherBrowser(browser, { service, habits });
		await elsewhere.logIn(user);
		await elsewhere.isGreeted(user.first_name);

		await person.follow(m.names_title);
		await person.type([m.label_first_name, 'Grace']);
		await person.press(m.names_submit);
		await person.isTold(m.account_done_names);
		await person.isGreeted('Grace');

		await person.follow(m.change_password_title);
		await person.type([m.label_new_password, newPassword]);
		await person.press(m.change_password_submit);
		await person.isTold(m.account_done_password);
		await mail.waitFor(user.email, new RegExp(person.say(m.email_password_changed_subject)));
		await elsewhere.page.reload();
		await elsewhere.sees(m.login_title);
	});

	test('change the address, and take the old one back', async ({ page, habits, service, mail }) => {
		const person = new Person(page, habits);
		const user = await settle(service, person);
		const email = uniqueEmail('new');
		await person.follow(m.change_email_title);
		await person.type([m.label_new_email, email]);
		await person.press(m.change_email_submit);
		await person.isTold(m.check_email_change);

		await person.open(pathOf(await mail.waitFor(email)));
		await person.sees(m.confirm_email_title);
		await person.press(m.verify_submit);
		await person.isTold(m.account_done_email);
		await expect(page.getByText(email, { exact: true })).toBeVisible();

		const subject = new RegExp(person.say(m.email_email_changed_subject));
		const notice = await mail.waitFor(user.email, subject);
		await person.open(pathOf(notice));
		await person.sees(m.undo_email_title);
		await person.press(m.undo_email_submit);
		await person.isTold(m.login_done_undone);
		await person.logIn(user);
		await person.isGreeted(user.first_name);
	});

	test('end one session, and all others', async ({ page, habits, browser, service }) => {
		const person = new Person(page, habits);
		const user = await settle(service, person);
		const others = [
			await atAnotherBrowser(browser, { service, habits }),
			await atAnotherBrowser(browser, { service, habits }),
			await atAnotherBrowser(browser, { service, habits })
		];
		for (const other of others) {
			await other.logIn(user);
			await other.isGreeted(user.first_name);
		}
		await person.follow(m.sessions_title);
		await expect(page.getByRole('heading', { level: 2 })).toHaveCount(4);
		await person.use(page.getByRole('listitem').nth(1).getByRole('button'));
		await person.isTold(m.sessions_done_ended);
		await expect(page.getByRole('heading', { level: 2 })).toHaveCount(3);
		await person.press(m.sessions_end_others);
		await person.isTold(m.sessions_done_others);
		await expect(page.getByRole('heading', { level: 2 })).toHaveCount(1);
		for (const other of others) {
			await other.page.reload();
			await other.sees(m.login_title);
		}
	});

	test('leave, and come back', async ({ page, habits, service, mail }) => {
		const person = new Person(page, habits);
		const user = await settle(service, person);
		await service.database.query(
			'update sessions set created_at = 1 where user_id in (select id from users where email = ?)',
			[user.email]
		);
		await person.follow(m.delete_title);
		await person.type([m.label_current_password, 'wrong words here']);
		await person.press(m.delete_submit);
		await person.isTold(m.field_current_password_incorrect);
		await person.type([m.label_current_password, user.password]);
		await person.press(m.delete_submit);
		await person.sees(m.login_title);
		await mail.waitFor(user.email, new RegExp(person.say(m.email_deletion_scheduled_subject)));
		await person.logIn(user);
		await person.isGreeted(user.first_name);
		await mail.waitFor(user.email, new RegExp(person.say(m.email_deletion_cancelled_subject)));
	});
}
