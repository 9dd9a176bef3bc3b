import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import * as v from 'valibot';
import type { Db } from '../db/tables.ts';
import { minuteMs, secondMs } from '../durations.ts';
import { UnavailableError } from '../outcome.ts';
import { type EndedSessions, listEndedSessions } from '../sessions/ended-sessions.ts';
import type { TokenSigner } from './access-token.ts';
import { cacheDocument, type CachedDocument } from '../cached-document.ts';

/** The table is read at most this often, regardless of the number of requests. */
const minReadIntervalMs = 2 * secondMs;
/** The life of a signed list. */
const lifetimeMs = 5 * minuteMs;
/**
 * A list is replaced after half its life, so that every client gets one that stays valid for a while. Until then, the
 * list stays the same for caches.
 */
const renewalMs = lifetimeMs / 2;

/** The document of `/.well-known/revoked.json`: a JWT with the sessions that have ended. */
export const revokedDocument = v.object({ revoked: v.string() });

interface SignedList {
	document: CachedDocument;
	ended: EndedSessions;
	key: KeyObject;
	issuedAt: number;
}

/**
 * The signed list of ended sessions, for services that verify tokens locally. Requests get the list in memory. A
 * request that finds it some seconds old reads the table again.
 */
export class RevocationList {
	readonly #signer: TokenSigner;
	#current: SignedList | undefined;
	#lookedAt = 0;
	#refreshing: Promise<CachedDocument> | undefined;

	constructor(signer: TokenSigner) {
		this.#signer = signer;
	}

	/** The list in memory, if it was read a moment ago. */
	findFresh(now = new Date()): CachedDocument | undefined {
		const age = Math.abs(now.getTime() - this.#lookedAt);
		return age < minReadIntervalMs ? this.#findValid(now) : undefined;
	}

	/** While the database is unavailable, returns the last list until it expires; then throws an UnavailableError. */
	async read(db: Db, now = new Date()): Promise<CachedDocument> {
		const fresh = this.findFresh(now);
		if (fresh) return fresh;
		this.#refreshing ??= this.#refresh(db, now).finally(() => (this.#refreshing = undefined));
		try {
			return await this.#refreshing;
		} catch (error) {
			const last = this.#findValid(now);
			if (!last || !(error instanceof UnavailableError)) throw error;
			// A database that does not answer must not delay every request.
			this.#lookedAt = now.getTime();
			return last;
		}
	}

	#findValid(now: Date): CachedDocument | undefined {
		const list = this.#current;
		return list && Math.abs(now.getTime() - list.issuedAt) < lifetimeMs ? list.document : undefined;
	}

	async #refresh(db: Db, now: Date): Promise<CachedDocument> {
		const ended = await listEndedSessions(db, now);
		const { key } = this.#signer.keys.findSigningKey(now);
		const last = this.#current;
		const isSame =
			last !== undefined &&
			last.key === key &&
			Math.abs(now.getTime() - last.issuedAt) < renewalMs &&
			last.ended.sids.join() === ended.sids.join();
		const list = isSame ? last : await signList(this.#signer, ended, now);
		this.#current = list;
		this.#lookedAt = now.getTime();
		return list.document;
	}
}

async function signList(
	{ keys, algorithm, issuer }: TokenSigner,
	ended: EndedSessions,
	now: Date
): Promise<SignedList> {
	const { key, kid } = keys.findSigningKey(now);
	const issuedAt = Math.floor(now.getTime() / secondMs);
	const revoked = await new SignJWT({ ...ended })
		// A separate type, so that no verifier mistakes the list for an access token (RFC 8725 §3.11).
		.setProtectedHeader({ alg: algorithm, typ: 'revoked+jwt', ...(kid === undefined ? {} : { kid }) })
		.setIssuer(issuer)
		.setIssuedAt(issuedAt)
		.setExpirationTime(issuedAt + lifetimeMs / secondMs)
		.sign(key);
	return {
		document: cacheDocument({ revoked } satisfies v.InferOutput<typeof revokedDocument>),
		ended,
		key,
		issuedAt: now.getTime()
	};
}
