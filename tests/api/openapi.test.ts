import { beforeAll, describe, expect, test } from 'vitest';
import {
	badBodies,
	badRequests,
	validRequests,
	needsDatabase,
	send,
	tokenClient,
	unbreakable
} from '../support/http/api-requests.ts';
import { badAccountRequests, crossSite, newBearer } from '../support/http/account-requests.ts';
import { startWithForeignTable, startWithoutDatabase, takeTablesAway } from '../support/database/away.ts';
import { breakEach, type BrokenBy } from '../support/http/broken-requests.ts';
import { type ApiDocument, Contract } from '../support/http/contract.ts';
import { type Answer, request, type RequestOptions } from '../support/http/http.ts';
import { smallLimits } from '../support/service/limits.ts';
import { askForManyHashes, askStrict, askTooOften, strictSettings } from '../support/http/rare-refusals.ts';
import type { Service } from '../support/service/service.ts';
import { useService } from '../support/service/use-service.ts';
import { register } from '../support/people/users.ts';

const service = useService({
	env: { ...smallLimits, ...tokenClient, ALLOWED_HOSTS: 'localhost' },
	expectsFaults: true
});
const pollOptions = { timeout: 5_000 };
let contract: Contract;
let late: Promise<[string, Answer][]>;
beforeAll(async () => {
	const { json } = await request(service.origin, { path: '/openapi.json' });
	contract = new Contract(json as unknown as ApiDocument);
	// It takes ten seconds: the other tests run meanwhile.
	late = breakAll('request_timeout');
});

/** Sends it and expects what is described, and that it is this status and code. */
async function expectAnswer(
	operation: string,
	expected: string,
	options: RequestOptions,
	{ origin }: Pick<Service, 'origin'> = service
) {
	const answer = await send(origin, operation, options);
	expect(contract.findBreaches(operation, answer)).toEqual([]);
	expect([answer.status, answer.json.code].join(' ').trim()).toBe(expected);
}

const breakAll = (code: BrokenBy) => breakEach(service.origin, [...contract.operations.keys()], code);

async function expectRefused(answers: Promise<[string, Answer][]>, code: BrokenBy) {
	for (const [operation, answer] of await answers) {
		expect(contract.findBreaches(operation, answer)).toEqual([]);
		expect(answer.json.code, operation).toBe(code);
	}
}

const describes = (operation: string, code: string) =>
	contract.listDescribed().some((line) => line.startsWith(operation) && line.endsWith(code));

describe('what an operation is for', () => {
	test('is answered as described', async () => {
		for (const operation of contract.operations.keys()) {
			for (const options of (await validRequests[operation]?.(service.origin)) ?? [{}]) {
				const answer = await send(service.origin, operation, options);
				expect(contract.findBreaches(operation, answer)).toEqual([]);
				expect(answer.status, operation).toBeLessThan(300);
			}
		}
	});

	test('may be that nothing has changed', async () => {
		for (const [operation, { responses }] of contract.operations) {
			if (!responses[304]) continue;
			const { headers } = await send(service.origin, operation);
			await expectAnswer(operation, '304', { headers: { 'if-none-match': String(headers.etag) } });
		}
	});
});

describe('a refusal', () => {
	test.for(['malformed_request', 'headers_too_large'] as const)(
		'of what is no request is described: %s',
		(code) => expectRefused(breakAll(code), code)
	);

	test('of another host is described where it can be', async () => {
		for (const operation of contract.operations.keys()) {
			if (!describes(operation, 'host_not_allowed')) continue;
			await expectAnswer(operation, '400 host_not_allowed', { headers: { host: 'evil.example' } });
		}
	});

	test.for(badBodies)('of a body is described: %s', async ([expected, options]) => {
		for (const [operation, { requestBody }] of contract.operations) {
			for (const type of Object.keys(requestBody?.content ?? {})) {
				await expectAnswer(operation, expected, options(type));
			}
		}
	});

	test.for(badRequests)('%s %s is described', async ([operation, expected, options]) => {
		await expectAnswer(operation, expected, options);
	});

	test.for(badAccountRequests)('to a user is described: %s %s', async ([operation, expected, options]) => {
		await expectAnswer(operation, expected, options(await newBearer(service.origin)));
	});

	test.for(crossSite)('of another site is described where there is no body: %s', ([operation, options]) =>
		expectAnswer(operation, '403 cross_site_request', options)
	);

	test('of a taken address is described', async () => {
		const { sent } = await register(service.origin);
		await expectAnswer('POST /register', '409 email_taken', { json: sent });
	});

	test('of too many tries is described', async () => {
		for await (const [operation, options, expected] of askTooOften(service)) {
			await expectAnswer(operation, expected, options);
		}
	});

	test('of what is no operation is described beside them', async () => {
		const nowhere = await request(service.origin, { path: '/nothing' });
		expect(contract.findBreachesOf('not_found', nowhere)).toEqual([]);
		for (const operation of contract.operations.keys()) {
			const answer = await request(service.origin, { method: 'PUT', path: operation.split(' ')[1] });
			expect(contract.findBreachesOf('method_not_allowed', answer)).toEqual([]);
		}
	});

	test('because of a fault of ours is described', async () => {
		const putBack = await takeTablesAway(service, ['users', 'ended_sessions']);
		for (const [operation, options] of Object.entries(needsDatabase)) {
			// Some keep for a moment what they have read.
			await expect
				.poll(async () => (await send(service.origin, operation, options)).status, pollOptions)
				.toBe(500);
			await expectAnswer(operation, '500 internal_error', options);
		}
		await putBack();
	});
});

describe('a refusal for now is described', () => {
	const strict = useService({ env: strictSettings });
	const busy = useService({ env: { RATE_LIMITS: 'off', HASH_MEMORY_MB: '19', HASH_QUEUE_MS: '300' } });

	test('when more is asked for than can be hashed', async () => {
		const unseen = () => contract.listUnseen().filter((line) => line.endsWith('503 overloaded'));
		const overload = async () => {
			const requests = (await askForManyHashes(busy)).map(async ([operation, options]) =>
				contract.findBreaches(operation, await send(busy.origin, operation, options))
			);
			expect((await Promise.all(requests)).flat()).toEqual([]);
			return unseen();
		};
		// Which of them have to wait for too long is chance.
		await expect.poll(overload, { timeout: 30_000 }).toEqual([]);
	});

	test('or because of the settings, as what is asked for is', async () => {
		for await (const [operation, options, expected] of askStrict(strict)) {
			await expectAnswer(operation, expected, options, strict);
		}
	});

	test.for([
		['database_unavailable', startWithoutDatabase],
		['schema_outdated', startWithForeignTable]
	] as [string, typeof startWithoutDatabase][])('when it is %s', async ([code, start]) => {
		const away = await start(tokenClient);
		try {
			await expect.poll(async () => (await send(away.origin, 'GET /readyz')).json.code).toBe(code);
			for (const operation of contract.operations.keys()) {
				const answer = await send(away.origin, operation, needsDatabase[operation]);
				expect(contract.findBreaches(operation, answer)).toEqual([]);
				expect(answer.json.code === code, operation).toBe(describes(operation, code));
			}
		} finally {
			await away.stop();
		}
	});
});

test('a refusal of what does not arrive in time is described', () => expectRefused(late, 'request_timeout'));

test('nothing is described that no test has seen', () => {
	expect(contract.listUnseen().toSorted()).toEqual(
		unbreakable.map((key) => `${key} 500 internal_error`).toSorted()
	);
});
