import { describe, expect, test } from 'vitest';
import {
	attemptRegistration,
	expectNothingLostOrHalf,
	isAcknowledged,
	keepRegistering
} from '../support/people/registrations.ts';
import { startService } from '../support/service/service.ts';

const enough = 25;

describe.each(['sqlite', 'mysql'] as const)(
	'a process killed in the middle of registrations, on %s,',
	(engine) => {
		test('has lost none that it acknowledged and half-written none', async () => {
			const options = { engine, env: { RATE_LIMITS: 'off' } };
			const first = await startService(options);
			let isOver = false;
			let acknowledged = 0;
			const counting = setInterval(() => (acknowledged = first.logs().filter(isRegistration).length), 20);
			const registering = keepRegistering(
				() => first.origin,
				12,
				() => isOver
			);
			await expect.poll(() => acknowledged, { timeout: 20_000, interval: 10 }).toBeGreaterThan(enough);
			clearInterval(counting);
			expect(await first.kill('SIGKILL')).toBeNull();
			isOver = true;
			const attempts = await registering;
			expect(attempts.filter(isAcknowledged).length).toBeGreaterThanOrEqual(enough);
			expect(
				attempts.some(({ status }) => status === 'broken'),
				'it was not in the middle'
			).toBe(true);

			const second = await startService({ ...options, successorOf: first });
			await expectNothingLostOrHalf(second, attempts);
			expect((await attemptRegistration(second.origin, 'page')).status).toBe(303);
			await second.stop();
			await first.stop();
		});
	}
);

function isRegistration({ path, status }: Record<string, unknown>): boolean {
	return path === '/register' && (status === 201 || status === 303);
}
