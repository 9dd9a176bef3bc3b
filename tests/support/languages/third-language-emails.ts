import type { OutboxTable } from '#lib/server/db/tables.ts';
import type { Arrived, MailServer } from '../email/mail-server.ts';
import { newUser, type NewUser, uniqueEmail } from '../people/users.ts';
import { newVisitor, type Visitor } from '../people/visitor.ts';
import type { Service } from '../service/service.ts';
import { thirdLanguage, thirdMessages } from './third-language.ts';

export type EmailKind = OutboxTable['kind'];

/** A browser whose user has chosen the third language. */
export function thirdVisitor({ origin }: Pick<Service, 'origin'>): Visitor {
	const visitor = newVisitor(origin);
	visitor.cookies.set('language', thirdLanguage);
	return visitor;
}

/** Such a browser in which a new user has registered, which logs in where the address need not be verified. */
export async function thirdMember(service: Service): Promise<{ sent: NewUser; visitor: Visitor }> {
	const [sent, visitor] = [newUser(), thirdVisitor(service)];
	await visitor.post('/register', { ...sent });
	return { sent, visitor };
}

/** How each kind of email comes about; resolves to its address. The service verifies addresses, but does not require it. */
export const causesOf: Record<EmailKind, (service: Service, mail: MailServer) => Promise<string>> = {
	verify_email: async (service) => (await thirdMember(service)).sent.email,
	// The email is the same as after a second registration where addresses have to be verified.
	async already_registered(service) {
		const [taken, member] = [await thirdMember(service), await thirdMember(service)];
		await member.visitor.post('/account/email', { email: taken.sent.email });
		return taken.sent.email;
	},
	async reset_password(service) {
		const { sent, visitor } = await thirdMember(service);
		await visitor.post('/forgot-password', { email: sent.email });
		return sent.email;
	},
	async password_changed(service) {
		const { sent, visitor } = await thirdMember(service);
		await visitor.post('/account/password', { password: 'five tall blue mountains' });
		return sent.email;
	},
	async confirm_new_email(service) {
		const [email, { visitor }] = [uniqueEmail('new'), await thirdMember(service)];
		await visitor.post('/account/email', { email });
		return email;
	},
	async email_changed(service, mail) {
		const [email, { sent, visitor }] = [uniqueEmail('new'), await thirdMember(service)];
		await visitor.post('/account/email', { email });
		const { link } = await mail.waitFor(email, subjectOf('confirm_new_email'));
		await visitor.post('/confirm-email', { token: link?.searchParams.get('token') ?? '' });
		return sent.email;
	},
	async deletion_scheduled(service) {
		const { sent, visitor } = await thirdMember(service);
		await visitor.post('/account/delete', {});
		return sent.email;
	},
	async deletion_cancelled(service) {
		const { sent, visitor } = await thirdMember(service);
		await visitor.post('/account/delete', {});
		await visitor.post('/login', { email: sent.email, password: sent.password });
		return sent.email;
	}
};

export async function receiveEmail(service: Service, mail: MailServer, kind: EmailKind): Promise<Arrived> {
	return mail.waitFor(await causesOf[kind](service, mail), subjectOf(kind));
}

function subjectOf(kind: EmailKind): RegExp {
	return new RegExp(`^${thirdMessages[`email_${kind}_subject`]}$`);
}
