import { readReport } from '#lib/server/http/body.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import { noContent } from '#lib/server/http/no-store.ts';
import { readViolations } from '#lib/server/reports/violation.ts';
import * as operation from './operation.ts';

/** Browsers send reports here, as `Reporting-Endpoints` and `report-uri` tell them. */
export const POST = endpoint(operation.POST, async ({ event, services }) => {
	const report = await readReport(event.request);
	if (!report.ok) return report;
	services.violationLog.note(readViolations(report.value));
	return noContent();
});
