/** Whether an `Accept` header names HTML; the wildcard of programs does not. */
export function namesHtml(accept: string | null | undefined): boolean {
	return /(?:^|[\s,])(?:text\/html|application\/xhtml\+xml)(?:[\s,;]|$)/i.test(accept ?? '');
}

/** The media type of a `Content-Type`, lower-cased, without parameters. */
export function mediaType(contentType: string | null | undefined): string {
	return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
