import { locales } from '#lib/paraglide/runtime.js';
import { challengeOf } from './problem.ts';

const challenges = Object.values(challengeOf);

/** The headers that programs read, by the name of their component. */
export const headers = {
	RequestId: {
		name: 'X-Request-Id',
		description: 'The id under which the service logs the request.',
		schema: { type: 'string', pattern: '^[A-Za-z0-9-]{8,64}$' }
	},
	NoStore: {
		name: 'Cache-Control',
		description: 'The answer is for this request only.',
		schema: { const: 'no-store' }
	},
	ContentLanguage: {
		name: 'Content-Language',
		description: 'The language of the texts: the supported one that `Accept-Language` prefers.',
		schema: { enum: locales }
	},
	PublicCache: {
		name: 'Cache-Control',
		description: 'How long caches may keep the answer.',
		schema: { type: 'string', pattern: '^public, max-age=\\d+$' }
	},
	ETag: {
		name: 'ETag',
		description: 'Send it as `If-None-Match` to learn only whether the document has changed.',
		schema: { type: 'string', pattern: '^".+"$' }
	},
	AnyOrigin: {
		name: 'Access-Control-Allow-Origin',
		description: 'Scripts of any site may read the answer.',
		schema: { const: '*' }
	},
	Attachment: {
		name: 'Content-Disposition',
		description: 'A browser saves the answer as a file.',
		schema: { type: 'string', pattern: '^attachment; filename="' }
	},
	Location: {
		name: 'Location',
		description: 'The URL of the created resource.',
		schema: { type: 'string', format: 'uri-reference' }
	},
	Allow: {
		name: 'Allow',
		description: 'The methods that the URL supports.',
		schema: { type: 'string', pattern: '^[A-Z]+(, [A-Z]+)*$' }
	},
	Challenge: {
		name: 'WWW-Authenticate',
		description:
			'How to authenticate. `Bearer` (RFC 6750, section 3) has `error="invalid_token"` when a token was sent; clients use `Basic`.',
		schema: { enum: challenges }
	},
	RetryAfter: {
		name: 'Retry-After',
		description: 'Seconds until the request can be tried again.',
		schema: { type: 'integer', minimum: 1 }
	},
	RateLimit: {
		name: 'RateLimit',
		description: 'The limit that was reached, what is left of it, and the seconds until it resets.',
		schema: { type: 'string', pattern: '^"[a-z-]+";r=0;t=\\d+$' }
	},
	RateLimitPolicy: {
		name: 'RateLimit-Policy',
		description: 'The limit that was reached: at most `q` requests in any window of `w` seconds.',
		schema: { type: 'string', pattern: '^"[a-z-]+";q=\\d+;w=\\d+$' }
	}
} satisfies Record<string, { name: string; description: string; schema: object }>;

export type HeaderName = keyof typeof headers;

/** Finds the component of a header by the name of the header, in any case. */
export function findHeader(name: string): HeaderName {
	const found = (Object.keys(headers) as HeaderName[]).find(
		(key) => headers[key].name.toLowerCase() === name.toLowerCase()
	);
	if (!found) throw new Error(`the header ${name} is not described: add it to openapi/headers.ts`);
	return found;
}
