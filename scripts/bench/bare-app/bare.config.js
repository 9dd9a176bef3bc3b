import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';

// Not vite.config.js: what checks the whole repository would take this folder for an app of its own.
export default { plugins: [sveltekit({ adapter: adapter() })], logLevel: 'error' };
