import type { Kysely } from 'kysely';

/** Times are epoch milliseconds; ids are UUIDv7 made by us (RFC 9562 §5.7). */
export interface Tables {
	users: UsersTable;
	sessions: SessionsTable;
	ended_sessions: EndedSessionsTable;
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
}

/** Sessions that ended before their time, while access tokens of them may still be shown. */
export interface EndedSessionsTable {
	/** The session's id; of a token without one the id that stands in its place. */
	sid: string;
	ended_at: number;
	/** When it need not be known any more. */
	expires_at: number;
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
