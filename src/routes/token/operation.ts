import * as v from 'valibot';
import { loginName, password } from '#lib/credentials.ts';
import { accessTokenSeconds } from '#lib/server/durations.ts';
import { formType, jsonType } from '#lib/server/http/body.ts';
import { bodyReasons, hashingReasons, type Operation } from '#lib/server/http/operation.ts';
import { ann, exampleRefreshToken } from '#lib/server/openapi/examples.ts';
import { tokenResponse } from '#lib/server/tokens/token-response.ts';

const grant_type = v.optional(v.pipe(v.literal('password'), v.description('Optional.')));
const scope = v.optional(
	v.pipe(v.string(), v.description('If it contains `offline_access`, the response contains a refresh token.'))
);
const offline = v.optional(
	v.pipe(v.boolean(), v.description('`true` is equivalent to `scope=offline_access`.'))
);
const byUsername = {
	username: v.pipe(loginName, v.description('The email address, under its OAuth 2 name.')),
	password,
	grant_type,
	scope
};
const byEmail = { email: loginName, password, grant_type, scope };
const withPassword = 'With a password';
const withRefreshToken = v.pipe(
	v.object({
		grant_type: v.literal('refresh_token'),
		refresh_token: v.pipe(
			v.string(),
			v.minLength(1),
			v.description('Works once. The response contains the next one.')
		)
	}),
	v.title('With a refresh token')
);

export const POST = {
	id: 'token',
	summary: 'Get tokens',
	description:
		'Exchanges an email address and a password, or a refresh token, for a JWT (RFC 9068, `typ: at+jwt`) with the claims `iss`, `aud`, `sub`, `email`, `role`, `iat`, `exp`, `jti`, `sid` and `client_id`. An unknown address and a wrong password get the same answer in the same time. When both `email` and `username` are sent, `email` is used.\n\nA refresh token is replaced each time it is used. Using one again ends the session, because it may have been stolen. Repeating the request within 30 seconds returns the same answer.',
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
