import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { useService } from '../support/service/use-service.ts';

const service = useService();

describe.each(['/livez', '/readyz'])('%s', (path) => {
	test('answers 200 and is never cached', async () => {
		const answer = await request(service.origin, { path });
		expect(answer.status).toBe(200);
		expect(answer.headers['cache-control']).toContain('no-store');
	});

	test('answers HEAD without a body', async () => {
		const answer = await request(service.origin, { method: 'HEAD', path });
		expect(answer).toMatchObject({ status: 200, text: '' });
	});

	test('is not in the log', async () => {
		const before = service.logs().length;
		await request(service.origin, { path });
		expect(service.logs().length).toBe(before);
	});
});

test('its tables are there once it is ready', async () => {
	expect(await service.database.query('select count(*) as number from users')).toEqual([{ number: 0 }]);
});
