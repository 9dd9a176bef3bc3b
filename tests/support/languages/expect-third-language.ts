import { expect } from 'vitest';
import type { Answer, RequestOptions } from '../http/http.ts';
import { findLatinInHtml, findLatinInProblem } from './find-latin.ts';
import { thirdLanguage } from './third-language.ts';

/** Of a program that prefers the third language, and names it as POSIX does. */
export const preferThird = { 'accept-language': 'he_IL,he;q=0.9,en;q=0.5' };

/** The same request, from a program that prefers the third language. */
export function preferred(options: RequestOptions): RequestOptions {
	return { ...options, headers: { ...options.headers, ...preferThird } };
}

/** Expects a page in the third language, with no other text in it. */
export function expectPage(answer: Answer, status = 200): void {
	expect(answer.status, answer.text).toBe(status);
	expect(answer.headers['content-language']).toBe(thirdLanguage);
	expect(answer.text).toMatch(/<html lang="he-IL" dir="rtl">/);
	expect(findLatinInHtml(answer.text)).toEqual([]);
}

/** Expects a problem document in the third language, with its status and code. */
export function expectProblem(answer: Answer, expected: string): void {
	expect(`${answer.status} ${String(answer.json.code)}`).toBe(expected);
	expect(answer.headers['content-language']).toBe(thirdLanguage);
	expect(findLatinInProblem(answer.json)).toEqual([]);
}
