import { liveness, readiness, unreadiness } from '../../http/health.ts';
import { databaseReasons, type Operation } from '../operation.ts';

export const livez = {
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

export const readyz = {
	id: 'readyz',
	summary: 'Check readiness',
	description:
		'Checks that the database answers and has the schema of this version. Answers under any `Host`. `warnings` contains `one_peer_address` when all requests seem to come from one private address, as behind a gateway: see `TRUSTED_PROXIES`. It contains `signing_keys_unreadable` when another instance signs with a key that this instance cannot decrypt with its `SECRET_KEY`.',
	answers: {
		200: {
			description: 'The service can handle requests.',
			schema: readiness,
			example: { status: 'ok', version: '1.0.0', certificate_days_left: 61, warnings: [] },
			headers: ['NoStore']
		}
	},
	reasons: databaseReasons,
	problem: unreadiness,
	anyHost: true
} as const satisfies Operation;
