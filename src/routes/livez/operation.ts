import { liveness } from '#lib/server/http/health.ts';
import { type Operation } from '#lib/server/http/operation.ts';

export const GET = {
	id: 'livez',
	summary: 'Check liveness',
	description: 'Answers as long as the process runs, under any `Host`, without using the database.',
	answers: {
		200: {
			description: 'The process is alive.',
			schema: liveness,
			example: { status: 'ok' },
			headers: ['NoStore']
		}
	},
	reasons: [],
	anyHost: true
} as const satisfies Operation;
