import { createReadStream } from 'node:fs';
import { SourceError } from './source.ts';

/** Reads the text of a file in chunks, without a byte order mark. */
export async function* readText(path: string): AsyncGenerator<string> {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	try {
		for await (const bytes of createReadStream(path)) {
			yield decoder.decode(bytes as Buffer, { stream: true });
		}
		yield decoder.decode();
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new SourceError(`${path} is not UTF-8`);
		if (code?.startsWith('E')) throw new SourceError(`${path} cannot be read (${code})`);
		throw error;
	}
}
