import type { Liveness } from '#lib/server/http/health.ts';

export function GET(): Response {
	return Response.json({ status: 'ok' } satisfies Liveness, { headers: { 'cache-control': 'no-store' } });
}
