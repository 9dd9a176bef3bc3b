/** A whole number in plain decimal digits; NaN for anything else, which no comparison lets through. */
export function wholeNumber(text = ''): number {
	return /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : NaN;
}

/** Base64 with or without padding; undefined when a character does not belong or the length cannot be. */
export function decodeBase64(text = ''): Buffer | undefined {
	const bare = text.replace(/={1,2}$/, '');
	return /^[A-Za-z0-9+/]*$/.test(bare) && bare.length % 4 !== 1 ? Buffer.from(bare, 'base64') : undefined;
}
