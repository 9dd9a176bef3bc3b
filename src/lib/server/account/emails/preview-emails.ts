import type { Config } from '../../config/config.ts';
import type { Db } from '../../db/tables.ts';
import type { RenderedEmail } from '../../email/rendered-email.ts';
import { readNewestEmails } from '../../email/store.ts';
import { renderEmail } from './render-email.ts';

const shown = 20;

/** Renders the newest queued emails. Each call makes new links; older links stay valid. */
export async function previewEmails(services: {
	db: Db;
	config: Config;
}): Promise<(RenderedEmail & { to: string })[]> {
	const previews: (RenderedEmail & { to: string })[] = [];
	for (const email of await readNewestEmails(services.db, shown)) {
		const rendered = await renderEmail(services, email);
		if (rendered) previews.push({ ...rendered, to: email.recipient });
	}
	return previews;
}
