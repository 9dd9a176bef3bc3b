import type { LoginServices } from '../authentication/login-services.ts';
import type { Config } from '../config/config.ts';

/** The services for acts on a user's own account. */
export interface AccountServices extends LoginServices {
	config: Config;
}
