import { request, type Answer, type RequestOptions } from '../http/http.ts';

/** A browser without JavaScript, in short: it keeps cookies and sends the headers of a navigation. */
export interface Visitor {
	/** Its cookies by name. */
	cookies: Map<string, string>;
	get: (path: string, headers?: RequestOptions['headers']) => Promise<Answer>;
	/** Posts a form from a page of the same site. Redirects are not followed. */
	post: (
		path: string,
		form: NonNullable<RequestOptions['form']>,
		headers?: RequestOptions['headers']
	) => Promise<Answer>;
}

/** A new visitor without cookies. */
export function newVisitor(origin: string): Visitor {
	const cookies = new Map<string, string>();

	async function send(options: RequestOptions): Promise<Answer> {
		const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const headers = {
			accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
			...(cookie && { cookie }),
			...options.headers
		};
		const answer = await request(origin, { ...options, headers });
		for (const line of answer.cookies) keep(cookies, line);
		return answer;
	}

	return {
		cookies,
		get: (path, headers) => send({ path, headers: { 'sec-fetch-site': 'none', ...headers } }),
		post: (path, form, headers) =>
			send({
				method: 'POST',
				path,
				form,
				headers: { origin, 'sec-fetch-site': 'same-origin', ...headers }
			})
	};
}

function keep(cookies: Map<string, string>, line: string): void {
	const [pair = '', ...attributes] = line.split(/;\s*/);
	const name = pair.slice(0, pair.indexOf('='));
	const isOver = attributes.some((attribute) => {
		const [key = '', value = ''] = attribute.split('=');
		if (/^max-age$/i.test(key)) return Number(value) <= 0;
		return /^expires$/i.test(key) && Date.parse(value) <= Date.now();
	});
	if (isOver) cookies.delete(name);
	else cookies.set(name, pair.slice(name.length + 1));
}
