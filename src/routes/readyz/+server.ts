import { endpoint } from '#lib/server/http/endpoint.ts';
import type { Readiness } from '#lib/server/http/health.ts';
import { noStoreJson } from '#lib/server/http/no-store.ts';
import { problemResponse } from '#lib/server/http/problem.ts';
import { readProcessReport } from '#lib/server/http/process-report.ts';
import { refuse } from '#lib/server/outcome.ts';
import * as operation from './operation.ts';
import { dayMs } from '#lib/server/durations.ts';

export const GET = endpoint(operation.GET, async ({ event: { request, locals }, services }) => {
	const fault = await services.findFault();
	if (fault) {
		const { reason, subject } = fault;
		return problemResponse(refuse(reason), locals.requestInfo.requestId, {
			members: subject ? { migration: subject } : {}
		});
	}
	const { certificateExpiresAt, seesOnePeer } = readProcessReport(request.headers);
	const body: Readiness = {
		status: 'ok',
		version: services.version,
		...(certificateExpiresAt === undefined
			? {}
			: { certificate_days_left: Math.floor((certificateExpiresAt - Date.now()) / dayMs) }),
		warnings: [
			...(seesOnePeer ? (['one_peer_address'] as const) : []),
			...(services.tokenSigner.keys.lacksKeys ? (['signing_keys_unreadable'] as const) : [])
		]
	};
	return noStoreJson(body);
});
