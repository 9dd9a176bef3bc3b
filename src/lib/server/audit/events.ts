/**
 * Every security event by its stable name. Each is one log line with `event` and, where known, `user_id`, `reason`,
 * `peer_prefix` and `request_id` (OWASP ASVS 5.0, 16.2 and 16.3). `docs/security.md` lists them for operators.
 */
export const securityEvents = {
	'user.registered': 'A user registered',
	'registration.refused': 'A registration was refused',
	'registration.limited': 'A registration was refused: too many from one address prefix',
	'login.succeeded': 'A user logged in',
	'login.refused': 'A login was refused',
	'login.limited': 'A login was refused: too many attempts',
	'identity.refused': 'Re-authentication failed',
	'password.changed': 'A user changed their password',
	'password.reset_requested': 'A password reset email was requested',
	'password.reset': 'A user reset their password with an emailed link',
	'password.rehashed': 'A stored password hash was replaced by a stronger one',
	'email.verification_requested': 'A verification email was requested',
	'email.verified': 'A user verified their email address',
	'email.change_requested': 'A user requested a change of their email address',
	'email.changed': 'A user changed their email address',
	'email.change_undone': 'A user restored their previous email address',
	'email.abandoned': 'An email could not be sent for a day and was abandoned',
	'email.limited': 'An email was refused: too many requests',
	'link.refused': 'An emailed link was refused',
	'account.names_changed': 'A user changed their name',
	'account.exported': 'A user exported their data',
	'account.deletion_requested': 'A user requested the deletion of their account',
	'account.deletion_cancelled': 'A login cancelled the deletion of an account',
	'account.deleted': 'An account was deleted',
	'token.refused': 'An access token was refused',
	'refresh_token.used': 'A refresh token was exchanged',
	'refresh_token.refused': 'A refresh token was refused',
	'refresh_token.reused': 'A session was ended: a replaced refresh token was used',
	'session.ended': 'A user logged out',
	'session.ended_elsewhere': 'A user ended other sessions',
	'session.revoked': 'A session was ended: one of its tokens was revoked',
	'client.refused': 'A client was refused: wrong id or secret',
	'signing_key.added': 'A signing key was added',
	'signing_key.removed': 'A signing key was removed',
	'request.cross_site': 'A cross-site request was refused'
};

export type SecurityEvent = keyof typeof securityEvents;

export interface EventDetails {
	user_id?: string | undefined;
	/** Why it was refused: a code as stable as the name of the event. */
	reason?: string | undefined;
	/** The id of the signing key. */
	kid?: string | undefined;
	/** The name of the limit that was reached. */
	limit?: string | undefined;
	/** The purpose of the link. */
	purpose?: string | undefined;
	/** The kind of the email. */
	kind?: string | undefined;
	/** The number of sessions. */
	count?: number | undefined;
	/** What the user got: a browser `session` or a `token`. */
	via?: 'session' | 'token' | undefined;
}
