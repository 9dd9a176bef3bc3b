import { afterAll, beforeAll, expect, test } from 'vitest';
import { mysqlAddress } from '../support/database/database.ts';
import { type Relay, startRelay } from '../support/database/relay.ts';
import { type Answer, request } from '../support/http/http.ts';
import { expectProblem } from '../support/http/problem.ts';
import { attemptRegistration } from '../support/people/registrations.ts';
import { accessToken, newUser, type NewUser, register } from '../support/people/users.ts';
import { type Service, startService } from '../support/service/service.ts';

const answerMs = 10_000;
const resumeMs = 5_000;
/** What a busy machine may take longer. */
const slackMs = 2_000;

let relay: Relay;
let service: Service;
let user: NewUser;
let token: string;

beforeAll(async () => {
	relay = await startRelay(mysqlAddress());
	service = await startService({
		engine: 'mysql',
		env: { MYSQL_DATABASE_HOST: '127.0.0.1', MYSQL_DATABASE_PORT: String(relay.port) }
	});
	user = (await register(service.origin)).sent;
	token = await accessToken(service.origin, user);
});

afterAll(async () => {
	await service?.stop();
	await relay?.cut();
});

async function timed(send: () => Promise<Answer>): Promise<{ answer: Answer; ms: number }> {
	const startedAt = performance.now();
	const answer = await send();
	return { answer, ms: performance.now() - startedAt };
}

const post = (path: string, json: object) => request(service.origin, { method: 'POST', path, json });
const readyz = () => request(service.origin, { path: '/readyz' });

test('while a server swallows everything, every request is refused in time; writes resume when it is replaced', async () => {
	relay.swallow();
	const sends = [
		() => post('/token', { email: user.email, password: user.password }),
		() => post('/register', newUser()),
		() => request(service.origin, { path: '/me', headers: { authorization: `Bearer ${token}` } }),
		readyz
	];
	// More requests than the pool has connections; the second round finds a server that is known to hang.
	for (let round = 0; round < 2; round++) {
		const sent = Array.from({ length: 20 }, (_, index) => timed(sends[index % sends.length] ?? readyz));
		for (const { answer, ms } of await Promise.all(sent)) {
			expectProblem(answer, 503, 'database_unavailable');
			expect(ms).toBeLessThan(answerMs + slackMs);
		}
	}

	relay.move(mysqlAddress());
	const movedAt = performance.now();
	await expect
		.poll(async () => (await attemptRegistration(service.origin, 'api')).status, { timeout: answerMs })
		.toBe(201);
	expect(performance.now() - movedAt).toBeLessThan(resumeMs + slackMs);
	await expect.poll(async () => (await readyz()).status, { timeout: resumeMs }).toBe(200);
});

test('a stop does not wait for a server that swallows everything', async () => {
	const other = await startRelay(mysqlAddress());
	const env = { MYSQL_DATABASE_HOST: '127.0.0.1', MYSQL_DATABASE_PORT: String(other.port) };
	const stopped = await startService({ engine: 'mysql', env });
	await register(stopped.origin);
	other.swallow();
	const startedAt = performance.now();
	expect(await stopped.stop()).toBe(0);
	expect(performance.now() - startedAt).toBeLessThan(answerMs);
	await other.cut();
});
