import type { Kysely } from 'kysely';

/** Times are epoch milliseconds. Ids are UUIDv7 made by the service (RFC 9562 §5.7). */
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
	/** A PHC string, a hash of another system until the next login, or `!` where there is no password. */
	hashed_password: string;
	first_name: string;
	last_name: string;
	role: 'user' | 'admin';
	created_at: number;
	updated_at: number;
	/** When the address was verified. */
	email_verified_at: number | null;
	/** Access tokens issued before this are refused. */
	tokens_valid_from: number | null;
	/** When the account will be deleted, if that was requested. */
	deletes_at: number | null;
	/** When an import made the account. */
	imported_at: number | null;
}

export interface SessionsTable {
	id: string;
	/** SHA-256 of the token, in hex. */
	token_hash: string;
	user_id: string;
	created_at: number;
	last_seen_at: number;
	/** The idle end or the absolute end, whichever is earlier. */
	expires_at: number;
	/** Set for the session of a program: SHA-256, in hex, of the part of the refresh token that changes at each use. */
	refresh_hash: string | null;
	/** The same hash of the previous refresh token. */
	previous_refresh_hash: string | null;
	refreshed_at: number | null;
	/** The `User-Agent` header, cut to 255 characters. */
	user_agent: string | null;
	/** The approximate network of the last visit. */
	address_prefix: string | null;
	/** When the password was last entered, if later than `created_at`. */
	authenticated_at: number | null;
}

/** A link in an email. */
export interface OneTimeTokensTable {
	/** SHA-256 of the token, in hex. */
	token_hash: string;
	purpose: 'verify_email' | 'reset_password' | 'change_email' | 'undo_email_change';
	user_id: string;
	/** The address that the link is about, if it is not the address of the user. */
	email: string | null;
	/** SHA-256, in hex, of the state that must not have changed. */
	bound_to: string;
	created_at: number;
	expires_at: number;
	used_at: number | null;
}

/** Sessions that ended before they expired, while their access tokens may still be unexpired. */
export interface EndedSessionsTable {
	/** The id of the session. For an access token without a session, the random id that the token has instead. */
	sid: string;
	ended_at: number;
	/** When the row can be deleted. */
	expires_at: number;
}

/** An email that is waiting to be sent. */
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
	/** Null if the email was requested by the address alone. */
	user_id: string | null;
	/** JSON: an object of strings. */
	data: string;
	locale: string;
	attempts: number;
	/** When the email is tried next, or when the lease of the worker that is sending it expires. */
	due_at: number;
	created_at: number;
}

export interface RateLimitsTable {
	/** A keyed hash of the subject that is counted. */
	bucket: string;
	/** When the bucket will be full again. */
	full_at: number;
}

export interface SigningKeysTable {
	/** The thumbprint of the public key (RFC 7638). */
	kid: string;
	/** Increasing and unique: of two instances that make a key concurrently, one succeeds. */
	generation: number;
	algorithm: string;
	/** PKCS #8 in PEM, sealed with a key that is derived from SECRET_KEY. */
	private_key: string;
	/** The name of that derived key. */
	sealed_with: string;
	created_at: number;
	/** When the key starts to sign. It is published earlier. */
	activates_at: number;
}

export type Db = Kysely<Tables>;
