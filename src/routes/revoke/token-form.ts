import * as v from 'valibot';
import { formType } from '#lib/server/http/body.ts';
import { exampleRefreshToken } from '#lib/server/openapi/examples.ts';

/** The form of a request about a token (RFC 7009 §2.1, RFC 7662 §2.1). */
export const tokenForm = () => ({
	[formType]: {
		schema: v.object({
			token: v.pipe(v.string(), v.minLength(1), v.description('An access or a refresh token.')),
			token_type_hint: v.optional(v.pipe(v.string(), v.description('Optional, and ignored.'))),
			client_id: v.optional(v.pipe(v.string(), v.description('An alternative to HTTP Basic.'))),
			client_secret: v.optional(v.string())
		}),
		example: { token: exampleRefreshToken }
	}
});
