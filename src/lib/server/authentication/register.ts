import { email, newPassword, personName } from '#lib/credentials.ts';
import type { Context } from '../context.ts';
import { createId } from '../crypto/random.ts';
import type { Db } from '../db/tables.ts';
import { transact } from '../db/transact.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, limitOf, type Outcome, refuse } from '../outcome.ts';
import { limitEmails, limitRegistration } from '../rate-limit/limiter.ts';
import { insertUser, type NewUser } from '../users/store.ts';
import type { User } from '../users/user.ts';
import type { LoginServices } from './login-services.ts';
import { withMinimumDuration } from './minimum-duration.ts';
import { findNewPasswordErrors } from './new-password.ts';

/** The new user or, if the address must be verified first, only that an email was sent, also for a taken address. */
export type Registered = { status: 'registered'; user: User } | { status: 'verification_sent' };

interface Submission {
	fields: Fields;
	alongside?: (transaction: Db, user: User) => Promise<void>;
}

type UnpreparedReason = 'invalid_fields' | 'role_not_allowed' | 'too_many_requests';
export type RegisterReason = UnpreparedReason | 'email_taken';

/**
 * Longer than the queries take. If the answer must not reveal whether an address is taken, the time must not either.
 */
const minResponseMs = 50;

/**
 * Registers a user.
 *
 * @param submission.fields `email`, `password`, `first_name` and `last_name` as received
 * @param submission.alongside runs in the same transaction if the user is registered immediately: both succeed or
 * neither
 * @throws UnavailableError `overloaded` when the hash cannot be computed in time
 */
export async function registerUser(
	services: LoginServices,
	{ fields, alongside }: Submission,
	context: Context
): Promise<Outcome<Registered, RegisterReason>> {
	const { db, config } = services;
	const prepared = await prepareUser(services, fields, context);
	if (!prepared.ok) return prepared;
	const add = () =>
		transact(db, async (transaction) => {
			const added = await addUser(transaction, { services, row: prepared.value }, context);
			if (added.ok && added.value.status === 'registered') await alongside?.(transaction, added.value.user);
			return added;
		});
	const hidesTakenEmails = config.emailVerification === 'required';
	const added = await (hidesTakenEmails ? withMinimumDuration(minResponseMs, add) : add());
	if (!added.ok) await context.audit.record(db, 'registration.refused', { reason: added.reason });
	return added;
}

/** The fields of a registration. `role` is accepted but has no effect. */
export function registrationFields(passwordMinLength: number) {
	return { email, first_name: personName, last_name: personName, password: newPassword(passwordMinLength) };
}

/** The costly part of a registration, outside any transaction: checks the fields and hashes the password. */
async function prepareUser(
	services: LoginServices,
	fields: Fields,
	context: Context
): Promise<Outcome<NewUser, UnpreparedReason>> {
	const { now, audit } = context;
	const { config, db } = services;
	if (fields.role !== undefined && fields.role !== 'user') {
		await audit.record(db, 'registration.refused', { reason: 'role_not_allowed' });
		return refuse('role_not_allowed');
	}
	const parsed = parseFields(
		registrationFields(config.passwordMinLength),
		fields,
		({ password, ...person }) => findNewPasswordErrors(config, password, person)
	);
	if (!parsed.ok) return parsed;
	const { password, ...person } = parsed.value;
	const hashed = await hashWithinLimits(services, { address: person.email, password }, context);
	if (!hashed.ok) {
		await audit.record(db, 'registration.limited', { limit: limitOf(hashed)?.name });
		return hashed;
	}
	return accept({
		id: createId(),
		...person,
		hashed_password: hashed.value,
		role: 'user',
		created_at: now.getTime(),
		updated_at: now.getTime()
	});
}

/** Hashes the password if the limits allow one more registration and, if each sends an email, one more email. */
async function hashWithinLimits(
	services: LoginServices,
	{ address, password }: { address: string; password: string },
	context: Context
): Promise<Outcome<string, 'too_many_requests'>> {
	const { hasher, config } = services;
	hasher.requireRoom();
	const hash = async () => accept(await hasher.hash(password, { signal: context.signal }));
	const prepare =
		config.emailVerification === 'required'
			? () => limitEmails(services, { address, act: hash, name: 'register-address' }, context)
			: hash;
	return limitRegistration(services, prepare, context);
}

/**
 * The quick part, in a transaction. The unique index decides which registration is first. If addresses must be
 * verified, a taken address also leads to one row in the outbox and to the same answer.
 */
async function addUser(
	transaction: Db,
	{ services: { outbox, config }, row }: { services: LoginServices; row: NewUser },
	{ now, locale, audit }: Context
): Promise<Outcome<Registered, 'email_taken'>> {
	const { emailVerification: verification } = config;
	const isNew = await insertUser(transaction, row);
	const { id, email, first_name, last_name, role, created_at } = row;
	if (!isNew && verification !== 'required') return refuse('email_taken');
	if (!isNew) {
		await outbox.enqueue(transaction, { kind: 'already_registered', to: email, locale }, now);
		await audit.record(transaction, 'registration.refused', { reason: 'email_taken' });
		return accept({ status: 'verification_sent' });
	}
	await audit.record(transaction, 'user.registered', { user_id: id });
	if (verification !== 'off') {
		await outbox.enqueue(transaction, { kind: 'verify_email', to: email, userId: id, locale }, now);
	}
	if (verification === 'required') return accept({ status: 'verification_sent' });
	const user = { id, email, first_name, last_name, role, created_at, email_verified_at: null };
	return accept({ status: 'registered', user });
}
