import { registerHooks } from 'node:module';

// Preloaded into a process: it is then on a platform that the library has no binary for.
registerHooks({
	resolve(specifier, context, next) {
		if (specifier === '@node-rs/argon2') throw new Error('no binary for this platform');
		return next(specifier, context);
	}
});
