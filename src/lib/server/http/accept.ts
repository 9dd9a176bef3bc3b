/** Whether an `Accept` header names HTML. The wildcard that programs send does not count. */
export function namesHtml(accept: string | null | undefined): boolean {
	return /(?:^|[\s,])(?:text\/html|application\/xhtml\+xml)(?:[\s,;]|$)/i.test(accept ?? '');
}

/** The media type of a `Content-Type` header, in lower case and without parameters. */
export function mediaType(contentType: string | null | undefined): string {
	return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
