import type { IncomingMessage } from 'node:http';
import type { Context } from '#lib/server/context.ts';
import type { Services } from '#lib/server/services.ts';
import type { BrowserSession } from '#lib/server/sessions/session.ts';
import type { User } from '#lib/server/users/user.ts';

declare global {
	namespace App {
		interface Error {
			/** One plain sentence for a person. */
			message: string;
			title: string;
			code: string;
			request_id: string;
		}
		interface Locals {
			services: Services;
			requestId: string;
			/** What use cases know about the request. */
			context: Context;
			/** The browser's session. */
			session: BrowserSession | undefined;
			/** Its user. */
			user: User | undefined;
		}
		interface Platform {
			req: IncomingMessage;
		}
	}
}
