import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Service } from '../service/service.ts';

type Members = Record<string, unknown>;

const hashes = new Map([
	['HS256', 'sha256'],
	['HS384', 'sha384'],
	['HS512', 'sha512']
]);

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Members;

/** A JWT signed with nothing but node:crypto; a header with another `alg` than those gets an empty signature. */
export function signByHand(header: Members, claims: Members, secret: string): string {
	const signed = `${encode(header)}.${encode(claims)}`;
	return `${signed}.${signatureOf(signed, typeof header.alg === 'string' ? header.alg : '', secret)}`;
}

/** The parts of a JWT, and whether its signature is the one that `secret` makes. */
export function readByHand(
	token: string,
	secret: string
): { header: Members; claims: Members; isGenuine: boolean } {
	const [header, claims, signature] = token.split('.');
	const decoded = decode(header);
	return {
		header: decoded,
		claims: decode(claims),
		isGenuine: signature === signatureOf(`${header}.${claims}`, String(decoded.alg), secret)
	};
}

export function readHeader(token: string): Members {
	return decode(token.split('.')[0]);
}

/** The key a service signs with: what it was given, or what it made for itself. */
export function secretKeyOf(service: Pick<Service, 'database' | 'dataDir'>): string {
	const given = service.database.environment.SECRET_KEY;
	return given ?? readFileSync(path.join(service.dataDir, 'secret-key'), 'utf8').replace(/\n$/, '');
}

function signatureOf(signed: string, algorithm: string, secret: string): string {
	const hash = hashes.get(algorithm);
	return hash ? createHmac(hash, Buffer.from(secret, 'utf8')).update(signed).digest('base64url') : '';
}
