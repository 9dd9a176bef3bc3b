/** A whole number in plain decimal digits. Anything else becomes NaN, which fails every comparison. */
export function wholeNumber(text = ''): number {
	return /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : NaN;
}

/** Decodes base64 with or without padding; undefined for an invalid character or an impossible length. */
export function decodeBase64(text = ''): Buffer | undefined {
	const bare = text.replace(/={1,2}$/, '');
	return /^[A-Za-z0-9+/]*$/.test(bare) && bare.length % 4 !== 1 ? Buffer.from(bare, 'base64') : undefined;
}
