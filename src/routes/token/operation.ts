import * as v from 'valibot';
import { loginName, password } from '#lib/credentials.ts';
import { accessTokenSeconds } from '#lib/server/durations.ts';
import { formType, jsonType } from '#lib/server/http/body.ts';
import { bodyReasons, hashingReasons, type Operation } from '#lib/server/http/operation.ts';
import { ann, exampleRefreshToken } from '#lib/server/openapi/examples.ts';
import { tokenResponse } from '#lib/server/tokens/token-response.ts';

const grant_type = v.optional(v.pipe(v.literal('password'), v.description('May be left out.')));
const scope = v.optional(
	v.pipe(v.string(), v.description('With `offline_access` in it there is a refresh token in the answer.'))
);
const offline = v.optional(
	v.pipe(v.boolean(), v.description('`true` says the same as `scope=offline_access`.'))
);
const byUsername = {
	username: v.pipe(loginName, v.description('The e-mail address, under the name that OAuth 2 gives it.')),
	password,
	grant_type,
	scope
};
const byEmail = { email: loginName, password, grant_type, scope };
const withPassword = 'With a password';
const withRefreshToken = v.pipe(
	v.object({
		grant_type: v.literal('refresh_token'),
		refresh_token: v.pipe(v.string(), v.minLength(1), v.description('Good once: the answer has the next.'))
	}),
	v.title('With a refresh token')
);

export const POST = {
	id: 'token',
	summary: 'Get tokens',
	description:
		'Exchanges an e-mail address and a password, or a refresh token, for a JWT (RFC 9068, `typ: at+jwt`) with the claims `iss`, `aud`, `sub`, `email`, `role`, `iat`, `exp`, `jti`, `sid` and `client_id`. An unknown address and a wrong password get the same answer in the same time. When both `email` and `username` are sent, `email` counts.\n\nA refresh token is replaced each time it is used. One that is used again ends the session, because two have it, unless the same answer was lost some seconds before.',
	bodies: () => ({
		[jsonType]: {
			schema: v.union([
				v.pipe(
					v.union([v.object({ ...byEmail, offline }), v.object({ ...byUsername, offline })]),
					v.title(withPassword)
				),
				withRefreshToken
			]),
			example: { email: ann.email, password: ann.password }
		},
		[formType]: {
			schema: v.union([v.pipe(v.object(byUsername), v.title(withPassword)), withRefreshToken]),
			example: { grant_type: 'password', username: ann.email, password: ann.password }
		}
	}),
	answers: {
		200: {
			description: 'The tokens.',
			schema: tokenResponse,
			example: {
				access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9…',
				token_type: 'Bearer',
				expires_in: accessTokenSeconds,
				refresh_token: exampleRefreshToken
			},
			headers: ['NoStore']
		}
	},
	reasons: [...bodyReasons, 'invalid_fields', 'invalid_credentials', 'email_not_verified', ...hashingReasons],
	oauthReasons: ['invalid_request', 'invalid_grant', 'unsupported_grant_type']
} as const satisfies Operation;
