import fc from 'fast-check';
import { anyText } from './properties.ts';
import type { NewUser } from '../people/users.ts';

/** What gets a request further than any stranger's. */
export interface Credentials {
	user: NewUser;
	session: string;
	token: string;
}

/** Header lines that something looks at, with valid values and invalid ones. */
export function anyHeaders({ session, token }: Credentials): fc.Arbitrary<string[]> {
	const value = fc.oneof(fc.string({ maxLength: 30 }), anyText(30), fc.constantFrom('', 'x'.repeat(3000)));
	const named = (name: string, ...values: string[]) =>
		fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, value).map((each) => `${name}: ${each}`);
	const addresses = ['127.0.0.1', '::1', '1.2.3.4, 5.6.7.8', 'unknown', '[::1]:5', ',,,', '1'.repeat(2000)];
	const header = fc.oneof(
		named(
			'Accept',
			'*/*',
			'text/html',
			'application/json',
			'text/html;q=x',
			'text/html, application/json;q=0.9',
			','
		),
		named('Origin', 'http://localhost', 'null', 'https://evil.example', 'http://', ''),
		named('Sec-Fetch-Site', 'same-origin', 'none', 'cross-site', 'same-origin, none'),
		named(
			'Cookie',
			`session=${session}`,
			`session=${session}x`,
			'session=',
			'=',
			';;;',
			'session=%ff',
			'__Host-session=a; session="'
		),
		named(
			'Authorization',
			`Bearer ${token}`,
			`bearer ${token.slice(0, -3)}`,
			'Bearer',
			'Basic Og==',
			`Bearer ${'a.'.repeat(500)}`
		),
		named('X-Forwarded-For', ...addresses),
		named('X-Forwarded-Proto', 'https', 'http, https', 'ftp', 'javascript'),
		named('X-Forwarded-Host', 'evil.example', '[', 'a b', '@'),
		named('Forwarded', 'for=1.2.3.4;proto=https'),
		named('X-Request-Id', 'abcdefgh', 'a', '../..'),
		named('X-Process-Report', '{', '{"seesOnePeer":true}'),
		named('X-Sveltekit-Action', 'true', 'default'),
		named('X-Sveltekit-Pathname', '/account', '//', '%'),
		named('X-Http-Method-Override', 'DELETE'),
		named('Expect', '100-continue', '200-maybe'),
		named('Range', 'bytes=0-1', 'bytes=-', 'bytes=9-1,0-'),
		named('If-None-Match', '*', 'W/"x"', '"'),
		named('If-Modified-Since', 'x', 'Thu, 01 Jan 1970 00:00:00 GMT'),
		named('Accept-Encoding', 'gzip', 'br;q=1', '*', 'identity;q=0, *;q=0'),
		named('Accept-Language', 'de', '*', 'x'.repeat(500)),
		named('Upgrade', 'websocket', 'h2c'),
		// Not keep-alive: a connection that stays open would look like a request that hangs.
		fc.constantFrom('Connection: upgrade', 'Connection: host', 'Connection: ,'),
		fc.tuple(fc.stringMatching(/^[!-9;-~]{1,20}$/), value).map((parts) => parts.join(': ')),
		fc.constantFrom('no colon', ' folded', ': nameless', 'a b: c', 'X-Long: '.padEnd(20_000, 'x'))
	);
	return fc
		.array(header, { maxLength: 6 })
		.map((lines) => lines.map((line) => Buffer.from(line).toString('latin1')));
}
