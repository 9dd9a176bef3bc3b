import { inLanguage } from '../http/language.ts';
import { cacheDocumentOf } from '../cached-document.ts';
import { describeApi } from './document.ts';
import type { Settings } from '../http/operation.ts';

type Running = { version: string; config: Omit<Settings, 'version'> };

/** The description of the running service. All clients share it, so it is in English whatever the first request asks. */
export const publishApi = cacheDocumentOf(({ version, config }: Running) =>
	inLanguage('en', () => describeApi({ ...config, version }))
);
