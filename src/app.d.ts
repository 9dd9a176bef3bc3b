import type { IncomingMessage } from 'node:http';
import type { Context } from '#lib/server/context.ts';
import type { RequestInfo } from '#lib/server/http/refuse.ts';
import type { Route } from '#lib/server/http/route-table.ts';
import type { Services } from '#lib/server/services.ts';
import type { BrowserSession } from '#lib/server/sessions/session.ts';
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
			requestInfo: RequestInfo;
			/** What use cases know about the request. */
			context: Context;
			/** What the URL answers; undefined before it is found. */
			route: Route | undefined;
			/** The session of the browser with its user, on pages. */
			session: BrowserSession | undefined;
		}
		interface Platform {
			req: IncomingMessage;
		}
	}
}
