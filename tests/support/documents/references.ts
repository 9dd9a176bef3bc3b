import path from 'node:path';

/** What documents may refer to: each file and folder of the project, from the root, with the text of each document. */
export interface Project {
	paths: ReadonlySet<string>;
	documents: ReadonlyMap<string, string>;
}

/** Made by a build, a start or a script, so not a part of the sources. */
const generated = /^(?:build|data|ssl|backups)\//;

/** Relative links, images and anchors of a document that lead nowhere, as `file: target`. */
export function findBrokenLinks(file: string, { paths, documents }: Project): string[] {
	const text = withoutCode(documents.get(file) ?? '');
	const targets = [
		...text.matchAll(/\]\(<?([^\s)>]+)>?(?: "[^"]*")?\)/g),
		...text.matchAll(/<(?:img|a)\b[^>]*\b(?:src|href)="([^"]+)"/g)
	].map(([, target = '']) => target);
	return targets.filter((target) => !leadsSomewhere(target)).map((target) => `${file}: ${target}`);

	function leadsSomewhere(target: string): boolean {
		if (/^[a-z]+:/i.test(target)) return true;
		const [name = '', anchor] = target.split('#', 2);
		const linked = name === '' ? file : path.posix.join(path.posix.dirname(file), name).replace(/\/$/, '');
		if (!paths.has(linked)) return false;
		return anchor === undefined || anchorsOf(documents.get(linked) ?? '').has(anchor);
	}
}

/** Paths in backticks that no file or folder of the project has, as `file: path`. The first folders may be left out. */
export function findMissingPaths(file: string, { paths, documents }: Project): string[] {
	const named = [...withoutBlocks(documents.get(file) ?? '').matchAll(/`([^`\n]+)`/g)]
		.map(([, code = '']) => code)
		.filter((code) => isPath(code) && !generated.test(code));
	const isMissing = (name: string) => {
		const wanted = name.replace(/\/$/, '');
		return !paths.has(wanted) && ![...paths].some((existing) => existing.endsWith(`/${wanted}`));
	};
	return [...new Set(named)].filter(isMissing).map((name) => `${file}: ${name}`);
}

function isPath(code: string): boolean {
	const isFile =
		/^[\w.@()[\]+-]+(?:\/[\w.@()[\]+-]+)*\.(?:ts|m?js|svelte|md|json|ya?ml|c|h|css|service|conf)$/;
	const isInFolder = /^(?:src|lib|docs|scripts|tests|migrations|messages|verify)\/[\w./()[\]-]*$/;
	return isFile.test(code) || isInFolder.test(code);
}

/** The anchors of the headings, as GitHub makes them. */
function anchorsOf(document: string): Set<string> {
	const anchors = new Set<string>();
	for (const [, heading = ''] of withoutBlocks(document).matchAll(/^#{1,6} +(.+?)[ #]*$/gm)) {
		const slug = heading
			.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
			.replaceAll(' ', '-');
		let anchor = slug;
		for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
		anchors.add(anchor);
	}
	return anchors;
}

function withoutCode(text: string): string {
	return withoutBlocks(text).replaceAll(/`[^`\n]*`/g, '');
}

function withoutBlocks(text: string): string {
	return text.replaceAll(/^( *)(`{3,})[^]*?^\1\2 *$/gm, '');
}
