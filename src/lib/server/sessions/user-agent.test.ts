import { expect, test } from 'vitest';
import { describeUserAgent } from './user-agent.ts';

test.for([
	['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox', 'Windows'],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
		'Safari',
		'iPhone'
	],
	[
		'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36',
		'Chrome',
		'Android'
	],
	['curl/8.14.1', 'curl', null],
	['python-requests/2.32', 'python-requests', null],
	[`${'x'.repeat(255)}`, 'x'.repeat(40), null],
	['<script>alert(1)</script>', null, null],
	['', null, null],
	[null, null, null]
] as const)('%s is %s on %s', ([userAgent, browser, system]) => {
	expect(describeUserAgent(userAgent)).toEqual({ browser, system });
});
