import { createReadStream } from 'node:fs';
import { maxRowCharacters, SourceError } from './source.ts';

/** The path that stands for standard input. */
export const standardInput = '-';

/** A text in chunks, and the name of its source for messages. */
export interface SourceText {
	name: string;
	chunks: AsyncIterable<string>;
}

/** Opens a file, or standard input. The text has no byte order mark. */
export function openText(path: string): SourceText {
	const name = path === standardInput ? 'standard input' : path;
	return { name, chunks: readChunks(path, name) };
}

async function* readChunks(path: string, name: string): AsyncGenerator<string> {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	try {
		for await (const bytes of path === standardInput ? process.stdin : createReadStream(path)) {
			yield decoder.decode(bytes as Buffer, { stream: true });
		}
		yield decoder.decode();
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new SourceError(`${name} is not UTF-8`);
		if (code?.startsWith('E')) throw new SourceError(`${name} cannot be read (${code})`);
		throw error;
	}
}

/**
 * Reads ahead to the first line with content.
 *
 * @returns that line without its end, and the text from there on
 */
export async function readFirstLine({
	name,
	chunks
}: SourceText): Promise<{ line: string; text: SourceText }> {
	const iterator = chunks[Symbol.asyncIterator]();
	let head = '';
	while (!head.includes('\n') && head.length <= maxRowCharacters) {
		const { value, done } = await iterator.next();
		if (done) break;
		head = (head + value).replace(/^\s*\n/, '');
	}
	async function* readOn(): AsyncGenerator<string> {
		yield head;
		yield* { [Symbol.asyncIterator]: () => iterator };
	}
	const [line = ''] = head.split('\n', 1);
	return { line: line.replace(/\r$/, ''), text: { name, chunks: readOn() } };
}
