import type { LoginServices } from '../authentication/login-services.ts';
import type { Config } from '../config/config.ts';

/** What the acts on a user's own account act through. */
export interface AccountServices extends LoginServices {
	config: Config;
}
