import { liveness } from '#lib/server/http/health.ts';
import { type Operation } from '#lib/server/http/operation.ts';

export const GET = {
	id: 'livez',
	summary: 'Is the process alive',
	description: 'Answers while the process can, under any `Host`, and touches nothing.',
	answers: {
		200: { description: 'It is.', schema: liveness, example: { status: 'ok' }, headers: ['NoStore'] }
	},
	reasons: [],
	anyHost: true
} as const satisfies Operation;
