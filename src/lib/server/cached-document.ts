import { createHash } from 'node:crypto';

/** JSON that is the same for every client, as it is sent. */
export interface CachedDocument {
	body: string;
	/** A strong validator: it changes with the content. */
	etag: string;
}

export function cacheDocument(value: object): CachedDocument {
	const body = JSON.stringify(value);
	return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}

/** Makes a document on its first request, and keeps it as long as the object that it describes. */
export function cacheDocumentOf<Subject extends object>(
	describe: (subject: Subject) => object
): (subject: Subject) => CachedDocument {
	const made = new WeakMap<Subject, CachedDocument>();
	return (subject) => {
		const document = made.get(subject) ?? cacheDocument(describe(subject));
		made.set(subject, document);
		return document;
	};
}
