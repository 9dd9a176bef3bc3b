import { bannedWords, type BannedWord, knowsOldNames, renamed } from './banned-words.ts';

/** Between two words: spaces, or a line break with what a comment, a quotation or a list puts before its next line. */
const gap = String.raw`(?:[ \t]+|[ \t]*\n[ \t]*(?:(?:\/\/+|\*|#+|--|>)[ \t]+)?)`;

const words = bannedWords.map((word) => ({
	...word,
	pattern: new RegExp(
		`\\b(?:${withGaps(word.pattern)})${/\\[()]$/.test(word.pattern.source) ? '' : '\\b'}`,
		'gi'
	)
}));
const names = Object.keys(renamed).map((name) => RegExp.escape(name));
const oldNames = new RegExp(`(?<![\\w.-])(?:${names.join('|')})(?![\\w-])`, 'g');

/** The banned words in a file's path and text, each as `file:line: "word" → what to use`. */
export function findBannedWords(path: string, text: string): string[] {
	// The path is read as a line before the first.
	const whole = `${path}\n${text}`;
	const readable = asWords(path === 'CHANGELOG.md' ? whole.replaceAll(/`[^`\n]*`/g, '') : whole);
	const tell = (place: number, word: string, use: string, of: string) =>
		`${path}:${of.slice(0, place).split('\n').length - 1}: "${word.replaceAll(/\s+/g, ' ')}" → ${use}`;
	return [
		...words
			.filter((word) => isMeantFor(word, path))
			.flatMap(({ pattern, allowed = [], use }) =>
				findMatches(readable, pattern)
					.filter((hit) => !allowed.some((phrase) => covers(readable, phrase, hit)))
					.map(({ from, found }) => tell(from, found, use, readable))
			),
		...(knowsOldNames.test(path) ? [] : findMatches(whole, oldNames)).map(({ from, found }) =>
			tell(from, found, renamed[found] ?? '', whole)
		)
	];
}

interface Match {
	from: number;
	to: number;
	found: string;
}

function findMatches(text: string, pattern: RegExp): Match[] {
	return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
		from: index,
		to: index + found.length,
		found
	}));
}

function covers(text: string, phrase: RegExp, { from, to }: Match): boolean {
	const everywhere = new RegExp(phrase.source, `${phrase.flags}g`);
	return findMatches(text, everywhere).some((match) => match.from <= from && match.to >= to);
}

function isMeantFor({ exceptIn, onlyIn }: Pick<BannedWord, 'exceptIn' | 'onlyIn'>, path: string): boolean {
	return !exceptIn?.test(path) && (onlyIn?.test(path) ?? true);
}

/** `queuedLetter` and `queued_letter` as `queued Letter` and `queued letter`; lines stay what they were. */
function asWords(text: string): string {
	return text.replaceAll('_', ' ').replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ');
}

function withGaps({ source }: RegExp): string {
	return source.replaceAll(/ (?![?*])/g, () => gap);
}
