import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startService, type Service, type ServiceOptions } from './service.ts';

interface UseServiceOptions extends ServiceOptions {
	/** Set it where a test provokes a fault; otherwise an error in the service's log fails the file. */
	expectsFaults?: boolean;
}

/**
 * One service for all tests of a file (or of a `describe`): started before them, drained after them.
 * The returned object is filled in by then, so read its members inside tests only. A test that fails shows the
 * service's output.
 */
export function useService({ expectsFaults = false, ...options }: UseServiceOptions = {}): Service {
	const service = {} as Service;

	beforeAll(async () => {
		Object.assign(service, await startService(options));
	});

	beforeEach(({ onTestFailed }) => {
		const before = service.output().length;
		onTestFailed(() => console.log(`the service wrote:\n${service.output().slice(before)}`));
	});

	afterAll(async () => {
		if (!service.pid) return;
		const status = await service.stop();
		if (status !== 0) throw new Error(`the service ended with status ${status}:\n${service.output()}`);
		const faults = service.logs().filter(isFault);
		if (!expectsFaults && faults.length > 0) {
			throw new Error(`the service logged faults: ${JSON.stringify(faults, null, '\t')}`);
		}
	});

	return service;
}

/** pino's levels: 50 is error, 60 is fatal. */
function isFault({ level }: { level?: unknown }): boolean {
	return level === 'error' || level === 'fatal' || (typeof level === 'number' && level >= 50);
}
