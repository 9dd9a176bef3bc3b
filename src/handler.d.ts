import type { IncomingMessage, ServerResponse } from 'node:http';

/** The app as adapter-node builds it into `build/handler.js`, beside the entries of this folder. */
export function handler(
	request: IncomingMessage,
	response: ServerResponse,
	next: () => void
): void | Promise<void>;
