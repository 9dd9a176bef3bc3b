import { introduction } from '#lib/server/openapi/document.ts';
import { describeReference } from '#lib/server/openapi/reference.ts';
import type { PageServerLoad } from './$types';

/** A page to read: it needs no script. */
export const csr = false;

export const load: PageServerLoad = ({ locals }) => {
	const { config, version } = locals.services;
	return { version, introduction, ...describeReference({ ...config, version }) };
};
