/**
 * Every act of security that is logged, by its stable name: one line each, with `event`, and what is known of `user_id`,
 * `reason`, `peer_prefix` and `request_id` (OWASP ASVS 5.0, 16.2 and 16.3). `docs/security.md` lists them for operators.
 */
export const securityEvents = {
	'user.registered': 'A user registered',
	'registration.refused': 'A registration was refused',
	'registration.limited': 'A registration was refused: too many from one address',
	'login.succeeded': 'A user logged in',
	'login.refused': 'A log-in was refused',
	'login.limited': 'A log-in was refused: too many tries',
	'identity.refused': 'The password was asked for again, and not shown',
	'password.changed': 'A user changed the password',
	'password.reset_requested': 'A letter to reset a password was asked for',
	'password.reset': 'A user reset the password by a letter',
	'password.rehashed': 'A stored password hash was replaced by a stronger one',
	'email.verification_requested': 'A letter to verify an address was asked for',
	'email.verified': 'A user verified the address by a letter',
	'email.change_requested': 'A user asked for another address',
	'email.changed': 'A user changed the address',
	'email.change_undone': 'A user took the address from before back',
	'email.abandoned': 'A letter could not be sent for a day and is given up',
	'email.limited': 'A letter was refused: too many were asked for',
	'link.refused': 'The link of a letter was refused',
	'account.names_changed': 'A user changed the names',
	'account.exported': 'A user got all that is held about them',
	'account.deletion_requested': 'A user wants to leave',
	'account.deletion_cancelled': 'A user who wanted to leave logged in and stays',
	'account.deleted': 'A user was deleted after the pause',
	'token.refused': 'An access token was refused',
	'refresh_token.used': 'A user got new tokens for a refresh token',
	'refresh_token.refused': 'A refresh token was refused',
	'refresh_token.reused': 'A session was ended: its refresh token was used again',
	'session.ended': 'A user logged out',
	'session.ended_elsewhere': 'A user ended other sessions',
	'session.revoked': 'A session was ended: one of its tokens was revoked',
	'client.refused': 'A client was refused: its id or secret is not right',
	'signing_key.added': 'A signing key is published from now on',
	'signing_key.removed': 'A signing key is out of use',
	'request.cross_site': 'A request on behalf of another site was refused'
};

export type SecurityEvent = keyof typeof securityEvents;

export interface EventDetails {
	user_id?: string | undefined;
	/** Why it was refused: a word that is as stable as the event's name. */
	reason?: string | undefined;
	/** Which signing key. */
	kid?: string | undefined;
	/** Which limit was reached. */
	limit?: string | undefined;
	/** What the link of a letter is for. */
	purpose?: string | undefined;
	/** Which letter. */
	kind?: string | undefined;
	/** How many. */
	count?: number | undefined;
	/** How a user logged in: with a browser's `session`, or for a `token`. */
	via?: 'session' | 'token' | undefined;
}
