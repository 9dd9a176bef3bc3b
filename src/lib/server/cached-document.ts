import { createHash } from 'node:crypto';

/** JSON text that is the same for every client. */
export interface CachedDocument {
	body: string;
	/** A strong validator: it changes with the content. */
	etag: string;
}

export function cacheDocument(value: object): CachedDocument {
	const body = JSON.stringify(value);
	return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}

/** Makes the document of each subject on its first request, and keeps it for the life of the subject. */
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
