/** A word that this project does not use, and what stands in its place. docs/glossary.md explains the words that it uses. */
export interface BannedWord {
	/** A space also matches a line break within a comment. `fooBar` and `foo_bar` are read as `foo Bar` and `foo bar`. */
	pattern: RegExp;
	use: string;
	/** Longer phrases in which the word is right. */
	allowed?: RegExp[];
	/** Files in which the word is right. */
	exceptIn?: RegExp;
	/** The only files in which the word is wrong. */
	onlyIn?: RegExp;
}

/** Texts for users and operators, in which code has another vocabulary. */
const readByUsers =
	/^(messages\/en\.json|README\.md|docs\/(api|deploy|settings|verify|coming-from-fastapi)\.md|src\/.*\.en\.txt)$/;
/** RFC 9106 calls the parts of the memory that are filled in parallel lanes. */
const aboutHashing =
	/crypto\/|cli\/checks\/machine|argon2|phc|hash|scripts\/bench|docs\/(decisions\/00(06|07|12)|performance)/;

/** Where letters are characters. */
const aboutCharacters = /passwords\/personal-words\.ts$/;
/** How strong a password is: good, strong. */
const aboutStrength = /(?:strength|StrengthMeter|rating-words|page-states|app\.css)/;

export const bannedWords: BannedWord[] = [
	// Email
	{
		pattern: /letters?/,
		use: 'email, queued email',
		allowed: [
			/letter-spacing/,
			/letters?(?: (?:and|or)|,) digits?/i,
			/(?:capital|small|first|upper-?case|lower-?case|same|decomposed|Cyrillic|four|four or more|\d+) letters?/i,
			/letters? (?:of the alphabet|of (?:any|another) script|of the signature|outside ASCII|that RFC 6749)/i
		],
		exceptIn: aboutCharacters
	},
	{ pattern: /e-mail(?:s|ed|ing)?/, use: 'email', allowed: [/E-Mails?/] },
	{ pattern: /postm[ae]n/, use: 'outbox worker' },
	{ pattern: /nudg(?:e|es|ed|ing)/, use: 'wake' },
	{ pattern: /given up/, use: 'abandoned' },
	// Limits and load
	{ pattern: /turnstiles?/, use: 'keyed semaphore' },
	{ pattern: /lanes?/, use: 'queue', allowed: [/passes and one lane/], exceptIn: aboutHashing },
	{ pattern: /(?:im)?patience/, use: 'maxWaitMs, timeout' },
	{ pattern: /so (?:many|long)(?! as)/, use: 'the quantity: a limit of N per hour, N days' },
	// Login and sessions
	{
		pattern: /log-(?:ins?|outs?)/,
		use: 'login, logout (noun); log in, log out (verb)',
		allowed: [/(?:[\w-]+-)?log-in(?:-[\w-]+)?\.(?:ts|test|spec)/, /(?:[\w-]+-)?log-out\.(?:ts|test|spec)/]
	},
	{ pattern: /admissions?|admit(?:s|ted|ting)?/, use: 'completeLogin' },
	{ pattern: /in a hurry/, use: 'immediate' },
	{ pattern: /outlived/, use: 'expired' },
	{ pattern: /afterli(?:fe|ves)/, use: 'retention' },
	{ pattern: /goes on|go(?:ing)? on with|went on/, use: 'continues; wantsRefreshToken' },
	{ pattern: /tells verification|email verified`? is told/, use: 'includesEmailVerified' },
	{ pattern: /feeds?/, use: 'revocation list', allowed: [/line[ -]feeds?/] },
	// User enumeration
	{ pattern: /take-?s? ?at-? ?least/, use: 'withMinimumDuration' },
	{ pattern: /no-tell|untell(?:s|ing)?/, use: 'user enumeration' },
	// Requests
	{ pattern: /faces?/, use: 'route, route table', allowed: [/font-face/, /type ?faces?/] },
	{ pattern: /askers?/, use: 'RequestInfo' },
	{ pattern: /surroundings/, use: 'RequestInfo' },
	{ pattern: /privately ?\(/, use: 'noStoreJson()' },
	{ pattern: /nothing ?\(\)/, use: 'noContent()' },
	{
		pattern: /faults?|refusals?/,
		use: 'error',
		onlyIn: readByUsers,
		allowed: [/^\s*"[^"]*":/m, /our fault/]
	},
	// English
	{
		pattern: /good/,
		use: 'valid (or: expired, revoked)',
		allowed: [/good (?:enough|practice|reasons?)/, /for good/, /strength good": "Good"/],
		exceptIn: aboutStrength
	},
	{ pattern: /mend(?:s|ed|ing)?/, use: 'fix' },
	{ pattern: /spelt(?: out)?/, use: 'decoded, written' },
	{ pattern: /(?:of|from) before/, use: 'previous', allowed: [/const \w+ of before/] },
	{ pattern: /(?:some|any)bod(?:y|ies)/, use: 'a user, the client' },
	{ pattern: /nobod(?:y|ies)/, use: 'no user, no client' },
	{ pattern: /everybody/, use: 'all users, every client' },
	{ pattern: /who(?:so)?ever/, use: 'the user who, any client that' },
	{ pattern: /at once/, use: 'immediately, concurrently, or in a burst' }
];

/** Names of version 0.1 that changed, as they stand in a text. */
export const renamed: Record<string, string> = {
	'mail.given_up': 'email.abandoned',
	'letter.limited': 'email.limited',
	client_prefix: 'peer_prefix',
	client_gone: 'peer_gone',
	one_client_address: 'one_peer_address',
	'login-devices': 'login-known-browsers',
	LOGIN_LIMIT_DEVICES: 'LOGIN_LIMIT_KNOWN_BROWSERS',
	MAIL_LIMIT_ADDRESS: 'EMAIL_LIMIT_ADDRESS',
	MAIL_LIMIT_PREFIX: 'EMAIL_LIMIT_PREFIX',
	'__Host-device': '__Host-known-browser',
	'check-mail': 'check-email',
	holdUser: 'lockUser',
	isBack: 'deletionCancelled'
};

/** Where the old names are right: the list of changes, and settings that are refused by their old names. */
export const knowsOldNames = /^(CHANGELOG\.md|src\/lib\/server\/config\/renamed\.ts)$/;
