import { createHash } from 'node:crypto';
import adapter from '@sveltejs/adapter-node';

// The one style attribute in our pages is that of Kit's route announcer; without it the announcer becomes visible.
const announcerStyle =
	'position: absolute; left: 0; top: 0; clip: rect(0 0 0 0); clip-path: inset(50%); overflow: hidden; white-space: nowrap; width: 1px; height: 1px';
/** @type {`sha256-${string}`} */
const announcerHash = `sha256-${createHash('sha256').update(announcerStyle).digest('base64')}`;

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: {
		runes: ({ filename }) => (filename.split(/[/\\]/).includes('node_modules') ? undefined : true)
	},
	kit: {
		// The prefix keeps the adapter away from our own ORIGIN, HOST and PORT; server.ts sets what it needs.
		adapter: adapter({ envPrefix: 'ADAPTER_' }),
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'style-src': ['self'],
				'style-src-attr': ['unsafe-hashes', announcerHash],
				'img-src': ['self'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'manifest-src': ['self'],
				'form-action': ['self'],
				'base-uri': ['none'],
				'frame-ancestors': ['none'],
				// A text becomes HTML or a script only through the policy that Svelte makes for its own templates.
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html'],
				// Browsers that know `report-to` leave the other one aside; `http/headers.ts` names the endpoint.
				'report-uri': ['/reports'],
				'report-to': ['csp']
			}
		},
		// Kit's check refuses form posts without Origin and lets foreign JSON through: hooks.server.ts does better.
		csrf: { trustedOrigins: ['*'] },
		typescript: {
			config: (config) => ({
				...config,
				include: [...config.include, '../scripts/**/*.ts', '../migrations/**/*.ts', '../*.ts', '../*.js']
			})
		},
		version: { pollInterval: 0 }
	}
};
