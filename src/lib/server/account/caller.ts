import type { Config } from '../config/config.ts';
import type { PasswordHasher } from '../crypto/password-hash.ts';
import type { Db } from '../db/tables.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Limiter } from '../rate-limit/limiter.ts';
import type { User } from '../users/user.ts';

/** What people look after their account with. */
export interface AccountServices {
	db: Db;
	hasher: PasswordHasher;
	limiter: Limiter;
	outbox: Outbox;
	config: Config;
}

/** A user who acts on their own account, by a browser's session or an access token. */
export interface Caller {
	user: User;
	/** Of the browser, or the one that the access token names. */
	sessionId?: string | undefined;
	/** When the password was last shown, where the browser's session tells; epoch milliseconds. */
	authenticatedAt?: number | undefined;
	/** When the access token was issued; epoch milliseconds. */
	issuedAt?: number | undefined;
}
