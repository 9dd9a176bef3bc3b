/** Somebody who registers, in the examples. */
export const ann = {
	email: 'ann@example.org',
	password: 'four calm green words',
	first_name: 'Ann',
	last_name: 'Lee'
};

/** And what the service then says of her. */
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
