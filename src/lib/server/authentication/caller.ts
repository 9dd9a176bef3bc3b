import type { User } from '../users/user.ts';

/** A user who acts on their own account, with a browser session or an access token. */
export interface Caller {
	user: User;
	/** The browser session, or the session that the access token names. */
	sessionId?: string | undefined;
	/** When the password was last entered in the browser session; epoch milliseconds. */
	authenticatedAt?: number | undefined;
	/** When the access token was issued; epoch milliseconds. */
	issuedAt?: number | undefined;
}
