/** The answer of a form action that was refused: enough to show the page again with everything but the password. */
export interface FormFailure {
	/** The reason, as in problem documents; unset when no answer arrived. */
	code?: string | undefined;
	/** One sentence for the summary above the fields. */
	message: string;
	/** The entered values by field name; never a password. */
	values: Record<string, string>;
	/** The error of each field, by field name. */
	errors: Record<string, string>;
}
