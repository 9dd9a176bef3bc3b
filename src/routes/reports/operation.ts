import * as v from 'valibot';
import { reportTypes } from '#lib/server/http/body.ts';
import { bodyReasons, type Operation } from '#lib/server/http/operation.ts';

const [reportsType, cspReportType] = reportTypes;

const violation = v.looseObject({
	documentURL: v.string(),
	effectiveDirective: v.string(),
	blockedURL: v.optional(v.string())
});
const olderViolation = v.looseObject({
	'document-uri': v.string(),
	'effective-directive': v.optional(v.string()),
	'blocked-uri': v.optional(v.string())
});

export const POST = {
	id: 'reports',
	summary: 'Report a CSP violation',
	description:
		'For browsers, which report violations of the Content-Security-Policy of a page. Reports are logged without names and queries. Anything else is dropped. Clients do not need this.',
	readsBody: true,
	bodies: () => ({
		[reportsType]: {
			schema: v.array(v.looseObject({ type: v.string(), body: violation })),
			example: [
				{
					type: 'csp-violation',
					body: {
						documentURL: 'https://id.example.org/login',
						effectiveDirective: 'script-src-elem',
						blockedURL: 'inline'
					}
				}
			]
		},
		[cspReportType]: {
			schema: v.looseObject({ 'csp-report': olderViolation }),
			example: {
				'csp-report': {
					'document-uri': 'https://id.example.org/login',
					'effective-directive': 'img-src',
					'blocked-uri': 'https://elsewhere.example/picture.png'
				}
			}
		}
	}),
	answers: { 204: { description: 'The report was read.', headers: ['NoStore'] } },
	reasons: bodyReasons
} as const satisfies Operation;
