// Preloaded into a service: writes the path of every file that it loads as a module, one a line.
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const { MODULE_RECORD = '' } = process.env;
// Not a setting of the service.
delete process.env.MODULE_RECORD;

registerHooks({
	load(url, context, nextLoad) {
		if (url.startsWith('file:')) appendFileSync(MODULE_RECORD, `${fileURLToPath(url)}\n`);
		return nextLoad(url, context);
	}
});
