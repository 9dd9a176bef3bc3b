/** What others may know about the person who chooses a password. */
export interface Person {
	email?: string;
	first_name?: string;
	last_name?: string;
}

/** Shorter words are parts of too many other words. */
const shortestWord = 4;

const lettersFromSigns = { '@': 'a', '4': 'a', '8': 'b', '3': 'e', '0': 'o', $: 's', '5': 's', '7': 't' };

/** The letters that each sign may stand for. A sign that looks like two letters is read both ways. */
const readings: Record<string, string>[] = [
	{},
	{ ...lettersFromSigns, '1': 'i', '!': 'i', '|': 'i' },
	{ ...lettersFromSigns, '1': 'l', '!': 'l', '|': 'l' }
];

/**
 * The words that do not count in a password, as they are written: the email address and its local part, the names,
 * the name of the service, and their parts. Each has at least four letters; the longest comes first.
 */
export function listPersonalWords({ email = '', first_name = '', last_name = '' }: Person, appName: string) {
	const localPart = email.replace(/@[^@]*$/, '');
	const sources = [first_name, last_name, localPart, appName];
	const joined = [email, first_name + last_name, `${first_name} ${last_name}`];
	const parts = sources.flatMap((source) => source.match(/[\p{L}\p{M}]+/gu) ?? []);
	return [...new Set([...joined, ...sources, ...parts].map((word) => word.trim()))]
		.filter((word) => [...foldText(word)].length >= shortestWord)
		.sort((one, other) => other.length - one.length);
}

/**
 * Removes the personal words from a password, in any case, without accents, and with signs such as `4` and `@` in
 * place of letters.
 *
 * @returns the longest word that it contains, and the rest, folded; undefined when it contains none
 */
export function removePersonalWords(
	password: string,
	words: readonly string[]
): { word: string; rest: string } | undefined {
	const folded = foldText(password);
	const isTaken = new Array<boolean>(folded.length).fill(false);
	const found = words.filter((word) => {
		const wanted = foldText(word);
		const places = readings.flatMap((reading) => findPlaces(readSigns(folded, reading), wanted));
		for (const place of places) isTaken.fill(true, place, place + wanted.length);
		return places.length > 0;
	});
	const rest = folded
		.split('')
		.filter((_, index) => !isTaken[index])
		.join('');
	return found[0] === undefined ? undefined : { word: found[0], rest };
}

/** One spelling for everything that a person reads as the same letters. */
export function foldText(text: string): string {
	return text
		.normalize('NFKD')
		.replaceAll(/[\u0300-\u036f]/g, '')
		.toUpperCase()
		.toLowerCase()
		.replaceAll('ς', 'σ')
		.normalize('NFC');
}

function readSigns(text: string, reading: Record<string, string>): string {
	return text.replaceAll(/[^\p{L}]/gu, (sign) => reading[sign] ?? sign);
}

function findPlaces(text: string, wanted: string): number[] {
	const places: number[] = [];
	for (let place = text.indexOf(wanted); place >= 0; place = text.indexOf(wanted, place + 1)) {
		places.push(place);
	}
	return places;
}
