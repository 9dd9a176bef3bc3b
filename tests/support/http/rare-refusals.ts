import { asked, newBearer, sensitive } from './account-requests.ts';
import { validRequests } from './api-requests.ts';
import { grantAgain, grantTokens } from '../people/grants.ts';
import type { RequestOptions } from './http.ts';
import { exhaustTries } from '../service/limits.ts';
import type { Service } from '../service/service.ts';
import { newUser } from '../people/users.ts';

type Asked = [operation: string, options: RequestOptions];
const wrong = { current_password: 'wrong words here' };

/** More concurrent requests than a slow service can hash, of every operation that hashes. */
export async function askForManyHashes({ origin }: Service): Promise<Asked[]> {
	const [token = {}] = (await validRequests['POST /token']?.(origin)) ?? [];
	const bearer = await newBearer(origin);
	const kinds: (() => Asked)[] = [
		() => ['POST /token', token],
		() => ['POST /register', { json: newUser() }],
		...sensitive.map((operation) => (): Asked => [operation, asked(operation, bearer, wrong)])
	];
	return Array.from({ length: 20 }, () => kinds.map((kind) => kind())).flat();
}

/** What a service with `smallLimits` is asked too often, and what it answers: status and code. */
export async function* askTooOften(service: Service): AsyncGenerator<[...Asked, expected: string]> {
	const { sent, access } = await grantTokens(service);
	await exhaustTries(service, sent.email);
	yield ['POST /token', { json: sent }, '429 too_many_requests'];
	for (const operation of sensitive) {
		const options = asked(operation, { authorization: `Bearer ${access}` }, wrong);
		yield [operation, options, '429 too_many_requests'];
	}
	const headers = { 'x-forwarded-for': '11.9.9.9' };
	for (let count = 0; count < 4; count++) {
		yield ['POST /register', { json: newUser(), headers }, '201'];
	}
	yield ['POST /register', { json: newUser(), headers }, '429 too_many_requests'];
}

/** Settings with which some refusals can be met. */
export const strictSettings = {
	RECENT_LOGIN_MINUTES: '0',
	EMAIL_VERIFICATION: 'required',
	RATE_LIMITS: 'off'
};

/** What a service with them is asked, and what it answers: status and code. */
export async function* askStrict(strict: Service): AsyncGenerator<[...Asked, expected: string]> {
	const person = newUser();
	yield ['POST /register', { json: person }, '202'];
	yield ['POST /token', { json: person }, '403 email_not_verified'];
	await strict.database.query('update users set email_verified_at = 1');
	const { access } = await grantAgain(strict, person);
	for (const operation of sensitive) {
		const options = asked(operation, { authorization: `Bearer ${access}` });
		yield [operation, options, '403 recent_login_required'];
	}
}
