import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({
	appName: locals.services.config.appName,
	signedIn: locals.session !== undefined
});
