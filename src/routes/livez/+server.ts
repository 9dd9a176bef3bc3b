import { endpoint } from '#lib/server/http/endpoint.ts';
import type { Liveness } from '#lib/server/http/health.ts';
import { noStoreJson } from '#lib/server/http/no-store.ts';
import * as operation from './operation.ts';

export const GET = endpoint(operation.GET, async () => noStoreJson({ status: 'ok' } satisfies Liveness));
