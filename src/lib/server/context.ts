/** What a use case may know of the circumstances of a request. */
export interface Context {
	/** Default: the time of the clock. */
	now?: Date | undefined;
	/** Aborts when nobody waits for the answer any more. */
	signal?: AbortSignal | undefined;
}
