/** What a form action answers when it refuses: enough to show the page again with nothing lost but the password. */
export interface FormFailure {
	/** Why, as problem documents name it; unset when no answer came. */
	code?: string | undefined;
	/** One sentence for the summary above the fields. */
	message: string;
	/** What was entered, by field name; never a password. */
	values: Record<string, string>;
	/** What is wrong, by field name. */
	errors: Record<string, string>;
}
