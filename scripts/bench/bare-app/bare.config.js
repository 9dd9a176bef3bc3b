import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';

// Not named vite.config.js, because tools that check the whole repository would then treat this folder as an app.
export default { plugins: [sveltekit({ adapter: adapter() })], logLevel: 'error' };
