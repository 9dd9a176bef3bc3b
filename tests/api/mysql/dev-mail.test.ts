import { expect, test } from 'vitest';
import { expectUnknown } from '../../support/http/unknown-path.ts';
import { useService } from '../../support/service/use-service.ts';

const service = useService({ env: { DEV_MAIL: '1' } });

test('emails are not shown to any client beside MySQL, and the log says so', async () => {
	await expectUnknown(service, '/dev/mail');
	await expectUnknown(service, '/dev/mail', { method: 'HEAD' });
	const isWarned = service.logs().some(({ msg }) => String(msg).includes('DEV_MAIL has no effect'));
	expect(isWarned).toBe(true);
});
