export const openapiVersion = '3.1.0';

/** The user who registers in the examples. */
export const ann = {
	email: 'ann@example.org',
	password: 'four calm green words',
	first_name: 'Ann',
	last_name: 'Lee'
};

/** The same user as the service describes her. */
export const annDescribed = {
	id: '01a20471-6279-79be-86a2-a8e199db82ef',
	email: ann.email,
	first_name: ann.first_name,
	last_name: ann.last_name,
	role: 'user',
	created_at: '2026-11-22T18:07:49.364Z'
};

export const exampleRequestId = '4b2f9a86-7a5e-4f0e-9f7c-0d7a1f0f3f55';

export const origin = 'https://id.example.org';
export const exampleRefreshToken = `${'kX3v9QmZ'.repeat(5)}a1B.${'7hTq2LwR'.repeat(5)}c4D`;
export const tokenTimes = { iat: 1_795_456_069, exp: 1_796_060_869 };

/** The key of RFC 7517, appendix A.1. */
export const exampleKeys = {
	keys: [
		{
			kty: 'EC',
			crv: 'P-256',
			x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
			y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
			kid: 'cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s',
			alg: 'ES256',
			use: 'sig'
		}
	]
};
