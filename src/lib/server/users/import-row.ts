import * as v from 'valibot';
import { email, limits, personName } from '#lib/credentials.ts';
import { createId } from '../crypto/random.ts';
import { readStoredHash, unusableHash } from '../crypto/stored-hash.ts';
import type { Fields } from '../fields.ts';
import { readCreationTime, type TimeFault } from './import-time.ts';
import type { NewUser } from './store.ts';

/** Why a row of another system cannot become a user. */
export type RowFault = 'unreadable' | 'email_invalid';

/** What was not taken from a row that became a user. */
export type RowWarning =
	'name_invalid' | 'role_unknown' | 'hash_missing' | 'hash_unrecognised' | 'hash_too_costly' | TimeFault;

export interface ReadRow {
	user: NewUser;
	warnings: RowWarning[];
}

export interface RowOptions {
	now: Date;
	/** The memory for all hashes of the service together: a hash that needs more cannot be verified. */
	hashMemoryKib: number;
	/** Whether times without a time zone are UTC. */
	isUtc: boolean;
}

/**
 * Makes a user from a row of another system. Only a row without an address is refused: any other value that cannot be
 * taken is replaced, with a warning. A missing first name becomes the local part of the address and a missing last name
 * a dash: both columns need a value, and these show where it came from.
 */
export async function readUserRow(fields: Fields, options: RowOptions): Promise<ReadRow | RowFault> {
	const address = parse(email, fields.email);
	if (address === undefined) return 'email_invalid';
	const warnings = new Set<RowWarning>();
	const { now } = options;
	const localPart = address.slice(0, address.lastIndexOf('@'));
	const user = {
		id: createId(),
		email: address,
		hashed_password: await readHash(given(fields.hashed_password), options, warnings),
		first_name: readName(fields.first_name, warnings) ?? shorten(localPart),
		last_name: readName(fields.last_name, warnings) ?? '-',
		role: readRole(fields.role, warnings),
		created_at: readTime(given(fields.created_at), options, warnings),
		updated_at: now.getTime(),
		imported_at: now.getTime()
	};
	return { user, warnings: [...warnings] };
}

/** @returns a hash that no password matches, where there is none that can be verified */
async function readHash(
	hash: unknown,
	{ hashMemoryKib }: RowOptions,
	warnings: Set<RowWarning>
): Promise<string> {
	// Django, crypt(3) and directories mark accounts without a usable password like this.
	const isMissing = hash === undefined || (typeof hash === 'string' && /^[!*]/.test(hash));
	const reading =
		isMissing || typeof hash !== 'string' ? undefined : await readStoredHash(hash, hashMemoryKib);
	if (typeof hash === 'string' && typeof reading === 'object') return hash;
	if (isMissing) warnings.add('hash_missing');
	else warnings.add(reading === 'too_costly' ? 'hash_too_costly' : 'hash_unrecognised');
	return unusableHash;
}

/** Takes what a name may be: control characters become spaces, and a long name is shortened. */
function readName(value: unknown, warnings: Set<RowWarning>): string | undefined {
	const name = given(value);
	if (name === undefined) return undefined;
	const taken = parse(personName, name);
	if (taken !== undefined) return taken;
	warnings.add('name_invalid');
	return typeof name === 'string'
		? parse(personName, shorten(name.replaceAll(/\p{Cc}+/gu, ' ').trim()))
		: undefined;
}

function readRole(value: unknown, warnings: Set<RowWarning>): 'user' | 'admin' {
	const role = String(given(value) ?? 'user').toLowerCase();
	if (role === 'user' || role === 'admin') return role;
	warnings.add('role_unknown');
	return 'user';
}

function readTime(value: unknown, options: RowOptions, warnings: Set<RowWarning>): number {
	const time = value === undefined ? options.now.getTime() : readCreationTime(value, options);
	if (typeof time === 'number') return time;
	warnings.add(time);
	return options.now.getTime();
}

function shorten(name: string): string {
	return [...name].slice(0, limits.nameMax).join('');
}

function parse(schema: typeof email | typeof personName, value: unknown): string | undefined {
	const parsed = v.safeParse(schema, value, { abortPipeEarly: true });
	return parsed.success ? parsed.output : undefined;
}

/** A value with content: neither null nor white space. */
function given(value: unknown): unknown {
	const cell = typeof value === 'string' ? value.trim() : value;
	return cell === '' || cell === null ? undefined : cell;
}
