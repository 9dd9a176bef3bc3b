import { exchangeTokens } from '#lib/server/authentication/exchange-tokens.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import { noStoreJson } from '#lib/server/http/no-store.ts';
import * as operation from './operation.ts';

export const POST = endpoint(operation.POST, async ({ services, fields, context }) => {
	const exchanged = await exchangeTokens(services, fields, context);
	return exchanged.ok ? noStoreJson(exchanged.value) : exchanged;
});
