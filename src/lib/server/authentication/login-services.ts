import type { Config } from '../config/config.ts';
import type { PasswordHasher } from '../crypto/password-hash.ts';
import type { Db } from '../db/tables.ts';
import type { Outbox } from '../email/outbox.ts';
import type { Limiter } from '../rate-limit/limiter.ts';

/** The services for registration, login and re-authentication. */
export interface LoginServices {
	db: Db;
	hasher: PasswordHasher;
	limiter: Limiter;
	outbox: Outbox;
	config: Pick<Config, 'appName' | 'emailVerification' | 'passwordMinLength' | 'recentLoginMinutes'>;
}
