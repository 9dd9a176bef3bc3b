import { expect } from 'vitest';
import { request } from '../http/http.ts';
import type { Service } from '../service/service.ts';
import { newUser, type NewUser } from './users.ts';
import { newVisitor } from './visitor.ts';

/** A registration that was tried while something broke. */
export interface Attempt {
	sent: NewUser;
	/** A page's sign-up also makes a session. */
	via: 'api' | 'page';
	/** `broken` when there was no whole answer. */
	status: number | 'broken';
}

export async function attemptRegistration(origin: string, via: Attempt['via']): Promise<Attempt> {
	const sent = newUser();
	const answer =
		via === 'api'
			? request(origin, { method: 'POST', path: '/register', json: sent })
			: newVisitor(origin).post('/register', { ...sent });
	return { sent, via, status: await answer.then(({ status }) => status).catch(() => 'broken' as const) };
}

/** Keeps `clients` registering until `isOver`, by the API and by the page; resolves to all that they tried. */
export async function keepRegistering(
	origin: () => string,
	clients: number,
	isOver: () => boolean
): Promise<Attempt[]> {
	const attempts: Attempt[] = [];
	const client = async (via: Attempt['via']) => {
		while (!isOver()) attempts.push(await attemptRegistration(origin(), via));
	};
	await Promise.all(Array.from({ length: clients }, (_, index) => client(index % 2 ? 'api' : 'page')));
	return attempts;
}

export const isAcknowledged = ({ status }: Attempt) => status === 201 || status === 303;

/**
 * Expects what the service promises whatever broke: a user who was told "registered" exists and can log in, no user exists
 * twice, and of a page's sign-up there is the user with a session or nothing.
 */
export async function expectNothingLostOrHalf(service: Service, attempts: Attempt[]): Promise<void> {
	const rows = await service.database.query(
		'select users.email, count(sessions.id) as sessions from users left join sessions on sessions.user_id = users.id group by users.id, users.email'
	);
	const sessionsOf = new Map(rows.map(({ email, sessions }) => [String(email), Number(sessions)]));
	expect(sessionsOf.size, 'an address is there twice').toBe(rows.length);
	for (const attempt of attempts) {
		const sessions = sessionsOf.get(attempt.sent.email);
		if (isAcknowledged(attempt)) expect(sessions, `${attempt.via} lost ${attempt.sent.email}`).toBeDefined();
		if (sessions !== undefined)
			expect(sessions, `${attempt.via}, ${attempt.status}`).toBe(attempt.via === 'page' ? 1 : 0);
	}
	const stored = attempts.filter(({ sent }) => sessionsOf.has(sent.email));
	// A few at a time: who waits too long for a hash is sent away.
	const next = stored.values();
	const logIn = async () => {
		for (const { sent } of next) {
			const json = { email: sent.email, password: sent.password };
			const answer = await request(service.origin, { method: 'POST', path: '/token', json });
			expect(answer.status, `${sent.email}: ${answer.text}`).toBe(200);
		}
	};
	await Promise.all(Array.from({ length: 4 }, logIn));
}
