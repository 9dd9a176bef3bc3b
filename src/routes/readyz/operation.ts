import { readiness, unreadiness } from '#lib/server/http/health.ts';
import { databaseReasons, type Operation } from '#lib/server/http/operation.ts';

export const GET = {
	id: 'readyz',
	summary: 'Check readiness',
	description:
		'Checks that the database answers, accepts writes and has the schema of this version. Answers under any `Host`. `warnings` contains `one_peer_address` when all requests seem to come from one private address, as behind a gateway: see `TRUSTED_PROXIES`. It contains `signing_keys_unreadable` when another instance signs with a key that this instance cannot decrypt with its `SECRET_KEY`.',
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
