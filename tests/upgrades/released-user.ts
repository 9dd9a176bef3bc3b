/** The user in the dump of every release. */
export const releasedUser = {
	email: 'ada@example.org',
	password: 'four calm green words',
	first_name: 'Ada',
	last_name: 'Lovelace'
};
