import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import * as v from 'valibot';
import type { Db } from '../db/tables.ts';
import { UnavailableError } from '../outcome.ts';
import { type EndedSessions, listEndedSessions } from '../sessions/ended-sessions.ts';
import type { TokenSigner } from './access-token.ts';
import { cacheDocument, type CachedDocument } from '../cached-document.ts';

/** The table is asked at most this often, however many ask here. */
const maxWaitMs = 2_000;
/** An issue is good for so long … */
const lifeMs = 5 * 60 * 1000;
/** … and replaced after half of that, so that who fetches one has it for a while; until then it stays the same for caches. */
const renewalMs = lifeMs / 2;

/** What `/.well-known/revoked.json` has: a JWT with the sessions that have ended. */
export const revokedDocument = v.object({ revoked: v.string() });

interface Issue {
	document: CachedDocument;
	ended: EndedSessions;
	key: KeyObject;
	issuedAt: number;
}

/**
 * The signed list of the sessions that have ended, for services that verify tokens by themselves. Requests get what is in
 * memory; the table is read again when somebody asks and that is some seconds old.
 */
export class RevocationList {
	readonly #signer: TokenSigner;
	#issue: Issue | undefined;
	#lookedAt = 0;
	#refreshing: Promise<CachedDocument> | undefined;

	constructor(signer: TokenSigner) {
		this.#signer = signer;
	}

	/** What is in memory, if it was read a moment ago. */
	findFresh(now = new Date()): CachedDocument | undefined {
		const age = Math.abs(now.getTime() - this.#lookedAt);
		return age < maxWaitMs ? this.#findGood(now) : undefined;
	}

	/** While the database is away, the last issue until it expires; then an UnavailableError. */
	async read(db: Db, now = new Date()): Promise<CachedDocument> {
		const fresh = this.findFresh(now);
		if (fresh) return fresh;
		this.#refreshing ??= this.#refresh(db, now).finally(() => (this.#refreshing = undefined));
		try {
			return await this.#refreshing;
		} catch (error) {
			const last = this.#findGood(now);
			if (!last || !(error instanceof UnavailableError)) throw error;
			// So that a database that does not answer does not hold up each request.
			this.#lookedAt = now.getTime();
			return last;
		}
	}

	#findGood(now: Date): CachedDocument | undefined {
		const issue = this.#issue;
		return issue && now.getTime() < issue.issuedAt + lifeMs ? issue.document : undefined;
	}

	async #refresh(db: Db, now: Date): Promise<CachedDocument> {
		const ended = await listEndedSessions(db, now);
		const { key } = this.#signer.keys.findSigningKey(now);
		const last = this.#issue;
		const isSame =
			last !== undefined &&
			last.key === key &&
			now.getTime() - last.issuedAt < renewalMs &&
			last.ended.sids.join() === ended.sids.join();
		const issue = isSame ? last : await signList(this.#signer, ended, now);
		this.#issue = issue;
		this.#lookedAt = now.getTime();
		return issue.document;
	}
}

async function signList(
	{ keys, algorithm, issuer }: TokenSigner,
	ended: EndedSessions,
	now: Date
): Promise<Issue> {
	const { key, kid } = keys.findSigningKey(now);
	const issuedAt = Math.floor(now.getTime() / 1000);
	const revoked = await new SignJWT({ ...ended })
		// A type of its own, so that it is never taken for a token (RFC 8725 §3.11).
		.setProtectedHeader({ alg: algorithm, typ: 'revoked+jwt', ...(kid === undefined ? {} : { kid }) })
		.setIssuer(issuer)
		.setIssuedAt(issuedAt)
		.setExpirationTime(issuedAt + lifeMs / 1000)
		.sign(key);
	return {
		document: cacheDocument({ revoked } satisfies v.InferOutput<typeof revokedDocument>),
		ended,
		key,
		issuedAt: now.getTime()
	};
}
