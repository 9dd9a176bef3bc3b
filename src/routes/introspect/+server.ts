import { endpoint } from '#lib/server/http/endpoint.ts';
import { noStoreJson } from '#lib/server/http/no-store.ts';
import { introspectToken } from '#lib/server/tokens/introspect.ts';
import * as operation from './operation.ts';

export const POST = endpoint(operation.POST, async ({ services, fields, credentials, context }) => {
	const introspected = await introspectToken(services, { fields, credentials }, context);
	return introspected.ok ? noStoreJson(introspected.value) : introspected;
});
