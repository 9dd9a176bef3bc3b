/** A row's columns by name; undefined when it could not be read. */
export type SourceRow = Record<string, unknown> | undefined;

export const columns = ['email', 'hashed_password', 'first_name', 'last_name', 'role', 'created_at'];
export const requiredColumns = ['email', 'hashed_password'];

/** The source as a whole cannot be read; the message is for the operator, in one line. */
export class SourceError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'SourceError';
	}
}

/** Nothing that belongs to one user is longer; what is longer comes from a quote or a line end that is missing. */
export const maxRowCharacters = 64 * 1024;
