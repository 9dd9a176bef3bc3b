import { expect } from 'vitest';
import type { Answer } from './http.ts';

/** Expects a problem document (RFC 9457) with all the members that the contract names. */
export function expectProblem(answer: Answer, status: number, code: string): void {
	expect(answer.json, answer.text).toMatchObject({ status, code });
	expect(answer.status).toBe(status);
	expect(answer.headers['content-type']).toBe('application/problem+json');
	const { errors, ...members } = answer.json;
	expect(members).toEqual({
		type: `/problems/${code.replaceAll('_', '-')}`,
		title: expect.stringMatching(/^[A-Z]/),
		status,
		detail: expect.stringMatching(/^[A-Z]/),
		code,
		request_id: answer.headers['x-request-id']
	});
	expect(errors !== undefined, 'errors belong to invalid_fields').toBe(code === 'invalid_fields');
}

/** Expects a page with a status, with all that every page carries. */
export function expectPage(answer: Answer, status: number): void {
	expect(answer.status, answer.text).toBe(status);
	expect(answer.headers['content-type']).toMatch(/^text\/html/);
	expect(answer.headers).toMatchObject({
		'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
		'reporting-endpoints': 'csp="/reports"',
		'content-type': 'text/html; charset=utf-8',
		'referrer-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin',
		'permissions-policy': expect.any(String),
		'cache-control': expect.stringContaining('no-store'),
		'x-content-type-options': 'nosniff',
		'x-request-id': expect.any(String)
	});
	expect(answer.headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
	expect(answer.headers['content-security-policy']).toContain('report-uri /reports; report-to csp');
	expect(answer.headers['content-security-policy']).not.toContain('unsafe-inline');
}

/** What `errors` says of a current password that is not. */
export const incorrectPassword = {
	field: 'current_password',
	code: 'incorrect',
	detail: 'This is not your current password.'
};
