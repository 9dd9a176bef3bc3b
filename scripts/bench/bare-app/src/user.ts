export const user = {
	id: '01a20471-6279-79be-86a2-a8e199db82ef',
	email: 'ann@example.org',
	first_name: 'Ann',
	last_name: 'Lee',
	role: 'user',
	created_at: '2026-11-22T18:07:49.364Z'
};
