import { registerHooks } from 'node:module';

// Preloaded into a process: the modules that WITHOUT_MODULES names, with commas between, have no binary there.
const missing = process.env.WITHOUT_MODULES?.split(',') ?? [];
registerHooks({
	resolve(specifier, context, next) {
		if (missing.includes(specifier)) throw new Error('no binary for this platform');
		return next(specifier, context);
	}
});
