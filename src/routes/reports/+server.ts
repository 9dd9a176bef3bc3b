import { readReport } from '#lib/server/http/body.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { readViolations } from '#lib/server/reports/violation.ts';

/** Where `Reporting-Endpoints` and `report-uri` send browsers. */
export const POST = endpoint<ReasonsOf<'POST /reports'>>(async ({ request, locals }) => {
	const report = await readReport(request);
	if (!report.ok) return report;
	locals.services.violationLog.note(readViolations(report.value));
	return new Response(null, { status: 204 });
});
