import { type Audit, createAudit } from '../../../src/lib/server/audit/audit.ts';

/** An audit that keeps the recorded events, by name, instead of logging them. */
export function collectEvents(): {
	audit: Audit;
	events: { event: string; kid?: string; user_id?: string }[];
} {
	const events: { event: string; kid?: string; user_id?: string }[] = [];
	const log = { info: (details: { event: string }) => events.push(details) };
	return { audit: createAudit(log as unknown as Parameters<typeof createAudit>[0]), events };
}
