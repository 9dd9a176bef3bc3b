/** What a form action answers when it refuses: enough to show the page again with nothing lost but the password. */
export interface FormFailure {
	/** One sentence for the summary above the fields. */
	message: string;
	/** What was entered, by field name; never a password. */
	values: Record<string, string>;
	/** What is wrong, by field name. */
	errors: Record<string, string>;
}
