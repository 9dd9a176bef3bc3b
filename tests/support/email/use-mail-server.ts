import { afterAll } from 'vitest';
import { type MailServer, startMailServer } from './mail-server.ts';

/** A mail server for a file of tests, there before its services start: `await useMailServer()` at the top. */
export async function useMailServer(): Promise<MailServer> {
	const mail = await startMailServer();
	afterAll(() => mail.stop());
	return mail;
}
