import type { Kysely } from 'kysely';

/** Times are epoch milliseconds; ids are UUIDv7 made by us (RFC 9562 §5.7). */
export interface Tables {
	users: UsersTable;
	sessions: SessionsTable;
	ended_sessions: EndedSessionsTable;
	one_time_tokens: OneTimeTokensTable;
	outbox: OutboxTable;
	rate_limits: RateLimitsTable;
	signing_keys: SigningKeysTable;
}

export interface UsersTable {
	id: string;
	/** Normalised: NFC, lower-cased. */
	email: string;
	/** PHC string */
	hashed_password: string;
	first_name: string;
	last_name: string;
	role: 'user' | 'admin';
	created_at: number;
	updated_at: number;
	/** When a letter to the address was answered. */
	email_verified_at: number | null;
	/** Access tokens issued before are good no more. */
	tokens_valid_from: number | null;
	/** When the user, who wants to leave, is deleted. */
	deletes_at: number | null;
}

export interface SessionsTable {
	id: string;
	/** SHA-256 of the token, in hex. */
	token_hash: string;
	user_id: string;
	created_at: number;
	last_seen_at: number;
	/** The earlier of the idle and the absolute end. */
	expires_at: number;
	/** Of a program's session: SHA-256 of the part of the refresh token that changes at each use, in hex. */
	refresh_hash: string | null;
	/** Of the one before. */
	previous_refresh_hash: string | null;
	refreshed_at: number | null;
	/** As the client names itself, cut to 255 characters. */
	user_agent: string | null;
	/** Where it was last seen. */
	address_prefix: string | null;
	/** When the password was last shown, where that is later than `created_at`. */
	authenticated_at: number | null;
}

/** A link in a letter. */
export interface OneTimeTokensTable {
	/** SHA-256 of the token, in hex. */
	token_hash: string;
	purpose: 'verify_email' | 'reset_password' | 'change_email' | 'undo_email_change';
	user_id: string;
	/** The address that the link is about, where it is not the user's own. */
	email: string | null;
	/** SHA-256 of what must not have changed meanwhile, in hex. */
	bound_to: string;
	created_at: number;
	expires_at: number;
	used_at: number | null;
}

/** Sessions that ended before their time, while access tokens of them may still be shown. */
export interface EndedSessionsTable {
	/** The session's id; of a token without one the id that stands in its place. */
	sid: string;
	ended_at: number;
	/** When it need not be known any more. */
	expires_at: number;
}

/** A letter that is to be sent. */
export interface OutboxTable {
	id: string;
	kind:
		| 'verify_email'
		| 'already_registered'
		| 'reset_password'
		| 'password_changed'
		| 'confirm_new_email'
		| 'email_changed'
		| 'deletion_scheduled'
		| 'deletion_cancelled';
	/** Normalised, as in `users`. */
	recipient: string;
	/** Unset where the letter was asked for by the address alone. */
	user_id: string | null;
	/** JSON: an object of strings. */
	data: string;
	locale: string;
	attempts: number;
	/** When it is tried next; moved on by whoever tries. */
	due_at: number;
	created_at: number;
}

export interface RateLimitsTable {
	/** A keyed hash of what is counted. */
	bucket: string;
	/** When the bucket will be full again. */
	full_at: number;
}

export interface SigningKeysTable {
	/** The thumbprint of the public key (RFC 7638). */
	kid: string;
	/** Counts up: of two instances that make a key at once, one has its way. */
	generation: number;
	algorithm: string;
	/** PKCS #8 in PEM, sealed under a key that is derived from SECRET_KEY. */
	private_key: string;
	/** The name of that derived key. */
	sealed_with: string;
	created_at: number;
	/** When it begins to sign; it is published before. */
	activates_at: number;
}

export type Db = Kysely<Tables>;
