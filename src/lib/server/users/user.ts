/** A user as the rest of the service sees one: everything but the password. */
export interface User {
	id: string;
	email: string;
	first_name: string;
	last_name: string;
	role: 'user' | 'admin';
	/** Epoch milliseconds. */
	created_at: number;
}

/** The user on the wire: times in RFC 3339, nothing that is not in the contract. */
export function describeUser({ id, email, first_name, last_name, role, created_at }: User) {
	return { id, email, first_name, last_name, role, created_at: new Date(created_at).toISOString() };
}
