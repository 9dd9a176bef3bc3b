import { requestEmailChange } from '#lib/server/account/change-email.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import { noStoreJson } from '#lib/server/http/no-store.ts';
import * as operation from './operation.ts';

export const POST = endpoint(operation.POST, async ({ services, caller, fields, context }) => {
	const requested = await requestEmailChange(services, { caller, fields }, context);
	return requested.ok ? noStoreJson({ status: 'verification_sent' }, { status: 202 }) : requested;
});
