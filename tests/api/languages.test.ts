import { describe, expect, test } from 'vitest';
import { request, type Answer, type RequestOptions } from '../support/http/http.ts';
import { exhaustTries } from '../support/service/limits.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const service = useService();
const german = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' };
const browser = { accept: 'text/html', ...german };

const ask = (options: RequestOptions) => request(service.origin, options);

/** Whatever is in a language of ours says which, and is kept by no cache, which would give it to others. */
function expectLanguage(answer: Answer, language: string): void {
	expect(answer.headers['content-language']).toBe(language);
	expect(answer.headers['cache-control']).toContain('no-store');
}

function expectGermanPage(answer: Answer, status: number, sentence: string): void {
	expectPage(answer, status);
	expectLanguage(answer, 'de');
	expect(answer.text).toContain('<html lang="de" dir="ltr">');
	expect(answer.text).toContain(sentence);
}

describe('a page is in German', () => {
	test.for([
		['/login', 200, 'Neu hier?'],
		['/register', 200, 'Konto erstellen'],
		['/problems/email-taken', 200, 'Zu dieser E-Mail-Adresse gibt es schon ein Konto'],
		['/docs', 200, 'Fehler bei jeder Anfrage'],
		['/nope', 404, 'Unter dieser Adresse gibt es nichts.'],
		['/problems/nope', 404, 'Unter dieser Adresse gibt es nichts.']
	] as const)('%s', async ([path, status, sentence]) => {
		expectGermanPage(await ask({ path, headers: browser }), status, sentence);
	});

	test('the account, with its date', async () => {
		const visitor = newVisitor(service.origin);
		await visitor.post('/register', { ...newUser() });
		const answer = await visitor.get('/account', german);
		expectGermanPage(answer, 200, 'Mitglied seit');
		expect(answer.text).toMatch(/>\d{1,2}\. \p{L}+ 20\d\d<\/time>/u);
	});

	test('a form that comes back', async () => {
		const answer = await newVisitor(service.origin).post('/register', { email: 'x' }, german);
		expectGermanPage(answer, 422, 'Bitte prüfen Sie Ihre Angaben.');
		expect(answer.text).toContain('Geben Sie eine E-Mail-Adresse wie name@example.org ein.');
		expect(answer.text).not.toContain('Enter');
	});

	test('what Kit’s script is told', async () => {
		const answer = await ask({
			method: 'POST',
			path: '/login',
			form: {},
			headers: { ...german, accept: 'application/json', 'x-sveltekit-action': 'true' }
		});
		expect(answer.text).toContain('Bitte prüfen Sie Ihre Angaben.');
		const refused = await ask({ path: '/token/__data.json', headers: german });
		expect(refused.json).toMatchObject({ message: 'Diese Adresse unterstützt diese Methode nicht.' });
		expectLanguage(refused, 'de');
	});
});

test('the descriptions of the API are English on a German page, and say so', async () => {
	const { text } = await ask({ path: '/docs', headers: browser });
	expect(text).toMatch(/<p lang="en">(?:<!--[^>]*-->|\s)*Requests and responses are JSON/);
	expect(text).toMatch(/<p class="summary[^"]*" lang="en">/);
});

describe('a problem document', () => {
	test('is in German where it speaks to people, and the same for programs', async () => {
		const send = (headers: Record<string, string>) =>
			ask({ method: 'POST', path: '/register', json: { ...newUser({ email: 'x' }), password: '' }, headers });
		const [translated, original] = [await send(german), await send({})];
		expectProblem(translated, 422, 'invalid_fields');
		expectLanguage(translated, 'de');
		expectLanguage(original, 'en');
		expect(translated.json).toMatchObject({
			title: 'Ungültige Felder',
			detail: 'Bitte prüfen Sie Ihre Angaben.',
			errors: [
				{
					field: 'email',
					code: 'invalid',
					detail: 'Geben Sie eine E-Mail-Adresse wie name@example.org ein.'
				},
				{ field: 'password', code: 'required', detail: 'Geben Sie ein Passwort ein.' }
			]
		});
		expect(codesOf(translated)).toEqual(codesOf(original));
		expect(original.json).toMatchObject({ detail: 'Some fields need your attention.' });
	});

	test('tells in German how long to wait', async () => {
		const { email } = newUser();
		await exhaustTries(service, email);
		const json = { email, password: 'x' };
		const answer = await ask({ method: 'POST', path: '/token', json, headers: german });
		expectProblem(answer, 429, 'too_many_requests');
		expect(answer.json.detail).toMatch(
			/^Das waren zu viele Versuche\. Versuchen Sie es in \d+ (Sekunden?|Minuten?|Stunden?) noch einmal\.$/
		);
	});

	test('is in English for a client that asks for no supported language', async () => {
		for (const header of ['fr', '*', 'tlh;q=1', ';;;,q=', 'de;q=0', 'x'.repeat(4_000)]) {
			const answer = await ask({ path: '/me', headers: { 'accept-language': header } });
			expectProblem(answer, 401, 'authentication_required');
			expectLanguage(answer, 'en');
			expect(answer.json.detail).toBe('Log in or send an access token.');
		}
	});

	test('is in the language of its request among many others', async () => {
		const languages = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? 'de' : 'en'));
		const answers = await Promise.all(
			languages.map((language) =>
				ask({
					method: 'POST',
					path: '/token',
					json: { email: 'unknown@example.org' },
					headers: { 'accept-language': language }
				})
			)
		);
		expect(answers.map(({ json }) => json.title)).toEqual(
			languages.map((language) => (language === 'de' ? 'Ungültige Felder' : 'Invalid fields'))
		);
	});
});

test('what OAuth clients read stays English, in the letters that RFC 6749 allows', async () => {
	const forms: [string, Record<string, string>][] = [
		['/token', { grant_type: 'x' }],
		['/token', { grant_type: 'refresh_token', refresh_token: 'x' }],
		['/token', { grant_type: 'refresh_token' }],
		['/revoke', {}],
		['/introspect', { token: 'x' }]
	];
	for (const [path, form] of forms) {
		const answer = await ask({ method: 'POST', path, form, headers: german });
		expect(answer.json.error_description, path).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
		expectLanguage(answer, 'en');
	}
});

describe('what is refused before the app sees it', () => {
	test('is in German, as a problem document', async () => {
		const answer = await ask({ path: '/_app/nothing', headers: german });
		expectProblem(answer, 404, 'not_found');
		expectLanguage(answer, 'de');
		expect(answer.json.title).toBe('Nicht gefunden');
	});

	test('is in German, as a page', async () => {
		const answer = await ask({ method: 'POST', path: '/robots.txt', headers: browser });
		expectGermanPage(answer, 405, 'Diese Adresse unterstützt diese Methode nicht.');
		expect(answer.text).toContain('<a href="/">Zur Startseite</a>');
	});

	test('is in the language of the cookie', async () => {
		const headers = { ...browser, cookie: 'language=en' };
		const answer = await ask({ path: '/_app/nothing', headers });
		expectLanguage(answer, 'en');
		expect(answer.text).toContain('<html lang="en" dir="ltr">');
		expect(answer.text).toContain('<a href="/">Go to the start page</a>');
	});
});

test('cached answers for all clients are in English, whichever language the first client asks for', async () => {
	const first = await ask({ path: '/openapi.json', headers: german });
	const second = await ask({ path: '/openapi.json' });
	expect(first.text).toBe(second.text);
	expect(first.text).toContain('Some fields need your attention.');
	expect(first.text).not.toContain('Ungültige');
	for (const path of ['/openapi.json', '/.well-known/jwks.json', '/livez']) {
		expect((await ask({ path, headers: german })).headers).not.toHaveProperty('content-language');
	}
});

function codesOf({ json }: Answer): unknown[] {
	const errors = json.errors as { field: string; code: string }[];
	return [json.type, json.status, json.code, ...errors.map(({ field, code }) => [field, code])];
}
