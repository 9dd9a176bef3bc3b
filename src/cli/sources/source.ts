/** The columns of a row by name; undefined when the row could not be read. */
export type SourceRow = Record<string, unknown> | undefined;

export const columns = ['email', 'hashed_password', 'first_name', 'last_name', 'role', 'created_at'];
export const requiredColumns = ['email', 'hashed_password'];

/** The source cannot be read at all. The message is one line for the operator. */
export class SourceError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'SourceError';
	}
}

/** No user's row is longer. A longer one means that a quote or a line end is missing. */
export const maxRowCharacters = 64 * 1024;
