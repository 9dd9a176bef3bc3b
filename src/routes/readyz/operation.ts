import { readiness, unreadiness } from '#lib/server/http/health.ts';
import { databaseReasons, type Operation } from '#lib/server/http/operation.ts';

export const GET = {
	id: 'readyz',
	summary: 'Can it serve requests',
	description:
		'Whether the database answers and its schema is that of this version; answers under any `Host`. `warnings` has `one_peer_address` when all clients seem to share one private address, as behind a gateway: see `TRUSTED_PROXIES`; and `signing_keys_unreadable` when another instance signs with a key that `SECRET_KEY` does not open here.',
	answers: {
		200: {
			description: 'It can.',
			schema: readiness,
			example: { status: 'ok', version: '1.0.0', certificate_days_left: 61, warnings: [] },
			headers: ['NoStore']
		}
	},
	reasons: databaseReasons,
	problem: unreadiness,
	anyHost: true
} as const satisfies Operation;
