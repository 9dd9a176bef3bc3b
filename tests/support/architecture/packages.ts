/** Where each package may be imported; a package that is not listed may be imported nowhere. */
export const packages: Record<string, RegExp> = {
	'@node-rs/argon2': /^src\/lib\/server\/crypto\//,
	'#argon2': /^src\/lib\/server\/crypto\//,
	'@sveltejs/kit': /^src\/(routes\/|hooks\.|lib\/ui\/|lib\/server\/http\/)/,
	'@valibot/to-json-schema': /^src\/lib\/server\/openapi\//,
	'@zxcvbn-ts/core': /^src\/lib\/passwords\//,
	'@zxcvbn-ts/language-common': /^src\/lib\/passwords\//,
	bcryptjs: /^src\/lib\/server\/crypto\//,
	bowser: /^src\/lib\/server\/sessions\/user-agent\.ts$/,
	'csv-parse': /^src\/cli\//,
	jose: /^src\/lib\/server\/(crypto|keys|tokens)\//,
	// A type of Kysely may be named where it describes a row.
	kysely: /^(migrations\/|src\/lib\/server\/db\/|src\/lib\/server\/[^/]+\/store(-[^/]+)?\.ts$)/,
	mysql2: /^src\/lib\/server\/db\//,
	'node:sqlite': /^src\/lib\/server\/db\//,
	nodemailer: /^src\/lib\/server\/email\/smtp\.ts$/,
	pino: /^src\/lib\/server\/log\.ts$/,
	'pino-pretty': /^src\/lib\/server\/log\.ts$/,
	punycode: /^src\/lib\/credentials\.ts$/,
	svelte: /^src\/(routes|lib\/ui)\//,
	valibot: /^src\//
};
