import { endpoint } from '#lib/server/http/endpoint.ts';
import type { Readiness } from '#lib/server/http/health.ts';
import { problemResponse } from '#lib/server/http/problem.ts';
import { readProcessReport } from '#lib/server/http/process-report.ts';
import { refuse } from '#lib/server/outcome.ts';
import { dayMs } from '#lib/server/durations.ts';

export const GET = endpoint(async ({ request, locals }) => {
	const fault = await locals.services.findFault();
	if (fault) {
		const { reason, subject } = fault;
		return problemResponse(refuse(reason), locals.requestId, {
			members: subject ? { migration: subject } : {}
		});
	}
	const { certificateExpiresAt, seesOnePeer } = readProcessReport(request.headers);
	const body: Readiness = {
		status: 'ok',
		version: locals.services.version,
		...(certificateExpiresAt === undefined
			? {}
			: { certificate_days_left: Math.floor((certificateExpiresAt - Date.now()) / dayMs) }),
		warnings: [
			...(seesOnePeer ? (['one_peer_address'] as const) : []),
			...(locals.services.tokenSigner.keys.lacksKeys ? (['signing_keys_unreadable'] as const) : [])
		]
	};
	return Response.json(body, { headers: { 'cache-control': 'no-store' } });
});
