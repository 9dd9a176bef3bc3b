import type { JsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { jsonType } from '../http/body.ts';
import {
	describeOauthError,
	describeProblem,
	oauthError,
	problem,
	problemType,
	refusalHeaders
} from '../http/problem.ts';
import { type Refusal, refuse } from '../outcome.ts';
import { type Reason, refusals } from '../refusals.ts';
import type { DescribedOperation, MediaType, Response } from './described-operation.ts';
import { exampleRequestId } from './examples.ts';
import { findHeader, type HeaderName, headers } from '../http/described-headers.ts';
import { describeSchema } from './json-schema.ts';
import { type Answer, generalReasons, type Operation } from '../http/operation.ts';

/** Refusals that belong to no operation, because the requested operation does not exist. */
const elsewhereReasons = ['not_found', 'method_not_allowed'] as const satisfies Reason[];

/** Describes all responses of an operation, by status. */
export function describeResponses(operation: Operation): DescribedOperation['responses'] {
	const { answers, reasons, oauthReasons = [], anyHost } = operation;
	const general = generalReasons.filter((reason) => !(anyHost && reason === 'host_not_allowed'));
	const own = Map.groupBy([...reasons, ...oauthReasons], statusOf);
	const all = Map.groupBy([...general, ...reasons, ...oauthReasons], statusOf);
	const refused = [...all].map(([status, here]) => {
		const [only] = here;
		// Responses that any request may get are described once.
		if (!own.has(status) && here.length === 1) return [status, { $ref: `#/components/responses/${only}` }];
		return [status, describeRefusals(here, operation)];
	});
	return Object.fromEntries([
		...Object.entries(answers).map(([status, answer]) => [status, describeAnswer(answer)]),
		...refused
	]);
}

export function describeGeneralResponses(): Record<string, Response> {
	const reasons: Reason[] = [...generalReasons, ...elsewhereReasons];
	return Object.fromEntries(reasons.map((reason) => [reason, describeRefusals([reason], {})]));
}

/** A problem document for each reason, as the service itself writes it. */
export function describeProblemExamples(): Record<string, { summary: string; value: object }> {
	const reasons = Object.keys(refusals) as Reason[];
	return Object.fromEntries(
		reasons.map((reason) => [
			reason,
			{ summary: refusals[reason].title(), value: describeProblem(bareExampleOf(reason), exampleRequestId) }
		])
	);
}

function describeAnswer({ description, schema, example, headers }: Answer): Response {
	return {
		description,
		headers: describeHeaders(headers),
		...(schema
			? { content: { [jsonType]: { schema: describeSchema(schema), ...(example ? { example } : {}) } } }
			: {})
	};
}

/** Describes the refusals of an operation with one status. */
function describeRefusals(
	reasons: readonly Reason[],
	{ oauthReasons = [], problem: schema = problem }: Pick<Operation, 'oauthReasons' | 'problem'>
): Response {
	const forOauth = reasons.filter((reason) => oauthReasons.includes(reason));
	const others = reasons.filter((reason) => !oauthReasons.includes(reason));
	const content: Record<string, MediaType> = {};
	if (others.length > 0) {
		content[problemType] = {
			schema: withCodes(schema, others),
			examples: Object.fromEntries(
				others.map((reason) => [reason, { $ref: `#/components/examples/${reason}` }])
			)
		};
	}
	if (forOauth.length > 0) {
		content[jsonType] = {
			schema: withCodes(oauthError, forOauth),
			examples: Object.fromEntries(
				forOauth.map((reason) => [
					reason,
					{
						summary: refusals[reason].title(),
						value: describeOauthError(refuse(reason), exampleRequestId)
					}
				])
			)
		};
	}
	const names = new Set(reasons.flatMap((reason) => Object.keys(refusalHeaders(exampleOf(reason)))));
	return {
		description: reasons.map((reason) => `- \`${reason}\`: ${refusals[reason].detail()}`).join('\n'),
		headers: describeHeaders(
			[...names, ...(reasons.includes('method_not_allowed') ? ['Allow'] : [])].map(findHeader)
		),
		content
	};
}

function withCodes(schema: GenericSchema, codes: Reason[]): JsonSchema {
	return { allOf: [describeSchema(schema), { properties: { code: { enum: codes } } }] };
}

function describeHeaders(names: readonly HeaderName[]): Response['headers'] {
	return Object.fromEntries(
		(['RequestId', ...names] as const).map((key) => [
			headers[key].name,
			{ $ref: `#/components/headers/${key}` }
		])
	);
}

function statusOf(reason: Reason): number {
	return refusals[reason].status;
}

/** A refusal with every header that its reason can have. */
function exampleOf(reason: Reason): Refusal {
	if (reason !== 'too_many_requests') return bareExampleOf(reason);
	const limit = { name: 'login-account-prefix', count: 20, windowSeconds: 3_600 };
	return refuse(reason, { retryAfterSeconds: 40, limit });
}

/** A refusal without the members that change over time. */
function bareExampleOf(reason: Reason): Refusal {
	return reason === 'invalid_fields'
		? refuse(reason, { errors: [{ field: 'email', code: 'required' }] })
		: refuse(reason);
}
