import { email, limits, newPassword, personName } from '#lib/credentials.ts';
import { findPasswordFault } from '#lib/passwords/policy.ts';
import type { RecordEvent } from '../audit/events.ts';
import type { Context } from '../context.ts';
import type { PasswordHasher } from '../crypto/password-hash.ts';
import { createId } from '../crypto/random.ts';
import type { Config } from '../config/config.ts';
import type { Db } from '../db/tables.ts';
import { transact } from '../db/transact.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import type { Outbox } from '../mail/outbox.ts';
import { limitLetters, type Limiter, limitRegistration } from '../rate-limit/limiter.ts';
import { insertUser, type NewUser } from './store.ts';
import { takeAtLeast } from './take-at-least.ts';
import type { User } from './user.ts';

export interface Registrar {
	db: Db;
	hasher: PasswordHasher;
	limiter: Limiter;
	outbox: Outbox;
	config: Pick<Config, 'emailVerification'>;
	passwordMinLength: number;
	/** Does not count in a password, as the names do not. */
	appName: string;
}

/** A new user; or, where the address has to be verified first, only that a letter is on its way, whoever has it. */
export type Registered =
	| { status: 'registered'; user: User }
	| {
			status: 'verification_sent';
			/** For the log alone. */
			isTaken: boolean;
	  };

interface Submission {
	fields: Fields;
	alongside?: (transaction: Db, user: User) => Promise<void>;
}

type UnpreparedReason = 'invalid_fields' | 'role_not_allowed' | 'too_many_requests';
export type RegisterReason = UnpreparedReason | 'email_taken';

/** Longer than the database takes for a row or two: where the answer does not tell who has an address, nor may the time. */
const untellingMs = 50;

/**
 * Registers a user. Throws an UnavailableError `overloaded` when there is no room for the hash in time.
 *
 * @param submission.fields email, password, first_name, last_name as they came
 * @param submission.alongside done for a new user who is in at once, in the same transaction: both or neither
 */
export async function registerUser(
	registrar: Registrar,
	{ fields, alongside }: Submission,
	{ now = new Date(), ...context }: Context = {}
): Promise<Outcome<Registered, RegisterReason>> {
	const prepared = await prepareUser(registrar, fields, { ...context, now });
	if (!prepared.ok) return prepared;
	const { value: row } = prepared;
	const add = () =>
		transact(registrar.db, async (transaction) => {
			const added = await addUser(transaction, { registrar, row }, { ...context, now });
			if (added.ok && added.value.status === 'registered') await alongside?.(transaction, added.value.user);
			return added;
		});
	const isTold = registrar.config.emailVerification !== 'required';
	const added = await (isTold ? add() : takeAtLeast(untellingMs, add));
	recordRegistration(added, { userId: row.id, record: context.record });
	return added;
}

/** The fields of a registration; `role` may be there, but grants nothing. */
export function registrationFields(passwordMinLength: number) {
	return { email, first_name: personName, last_name: personName, password: newPassword(passwordMinLength) };
}

/** The costly part of registering, done before any transaction is open: checks the fields, hashes the password. */
async function prepareUser(
	registrar: Registrar,
	fields: Fields,
	context: Context = {}
): Promise<Outcome<NewUser, UnpreparedReason>> {
	const { now = new Date(), signal, record = () => {} } = context;
	const { passwordMinLength, appName } = registrar;
	if (fields.role !== undefined && fields.role !== 'user') {
		record('registration.refused', { reason: 'role_not_allowed' });
		return refuse('role_not_allowed');
	}
	const parsed = parseFields(registrationFields(passwordMinLength), fields, {
		limits: {
			email: { max: limits.emailMax },
			first_name: { max: limits.nameMax },
			last_name: { max: limits.nameMax },
			password: { min: passwordMinLength, max: limits.passwordMax }
		},
		findFaults({ password, ...person }) {
			if (password === undefined) return [];
			const fault = findPasswordFault(password, person, { appName, minLength: passwordMinLength });
			return fault ? [{ field: 'password', ...fault }] : [];
		}
	});
	if (!parsed.ok) return parsed;
	const { password, ...person } = parsed.value;
	const { hasher } = registrar;
	hasher.requireRoom();
	const hash = async () => accept(await hasher.hash(password, { signal }));
	const hashed = await limitRegistration(
		registrar,
		registrar.config.emailVerification === 'required'
			? () => limitLetters(registrar, { address: person.email, act: hash, name: 'register-address' }, context)
			: hash,
		context
	);
	if (!hashed.ok) {
		record('registration.limited', { limit: hashed.limit?.name });
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

/** Notes how a registration came out, once that is final. */
function recordRegistration(
	registered: Outcome<Registered>,
	{ userId, record = () => {} }: { userId: string; record: RecordEvent | undefined }
): void {
	if (!registered.ok) record('registration.refused', { reason: registered.reason });
	else if (registered.value.status === 'verification_sent' && registered.value.isTaken) {
		record('registration.refused', { reason: 'email_taken' });
	} else record('user.registered', { user_id: userId });
}

/**
 * The quick part, in a transaction: the unique index decides who is first. Where addresses have to be verified, a taken one
 * comes to the same: a row more in the outbox, and an answer that does not tell.
 */
async function addUser(
	transaction: Db,
	{ registrar, row }: { registrar: Pick<Registrar, 'outbox' | 'config'>; row: NewUser },
	{ now = new Date(), locale }: Context = {}
): Promise<Outcome<Registered, 'email_taken'>> {
	const { outbox, config } = registrar;
	const { emailVerification: verification } = config;
	const isNew = await insertUser(transaction, row);
	const { id, email, first_name, last_name, role, created_at } = row;
	if (isNew && verification !== 'off') {
		await outbox.order(transaction, { kind: 'verify_email', to: email, userId: id, locale }, now);
	}
	if (!isNew && verification === 'required') {
		await outbox.order(transaction, { kind: 'already_registered', to: email, locale }, now);
	}
	if (verification === 'required') return accept({ status: 'verification_sent', isTaken: !isNew });
	if (!isNew) return refuse('email_taken');
	const user = { id, email, first_name, last_name, role, created_at, email_verified_at: null };
	return accept({ status: 'registered', user });
}
