import { inLanguage } from '../http/language.ts';
import { cacheDocument, type CachedDocument } from '../cached-document.ts';
import { describeApi } from './document.ts';
import type { Settings } from '../http/operation.ts';

type Running = { version: string; config: Omit<Settings, 'version'> };

const published = new WeakMap<Running, CachedDocument>();

/** The description of the running service: made when it is first asked for, then kept as long as the services are. */
export function publishApi(services: Running): CachedDocument {
	const known = published.get(services);
	if (known) return known;
	const { version, config } = services;
	// The document is shared, so the language of the first request must not decide it.
	const made = cacheDocument(inLanguage('en', () => describeApi({ ...config, version })));
	published.set(services, made);
	return made;
}
