import { connect } from 'node:net';

/** One HTTP answer as it came over the wire, header names in lower case. */
export interface RawAnswer {
	status: number;
	headers: Map<string, string>;
	body: string;
}

export interface Exchange {
	answers: RawAnswer[];
	/** Whether the server closed the connection before the timeout. */
	isClosed: boolean;
}

/**
 * Sends bytes (each character one) in as many pieces as asked for, and collects what comes back until the server closes
 * the connection or the timeout has passed.
 */
export function exchange(
	port: number,
	bytes: string,
	{ pieces = 1, maxWaitMs = 5000, isHead = false } = {}
): Promise<Exchange> {
	return new Promise((resolve) => {
		const socket = connect({ port, host: '127.0.0.1', noDelay: true });
		const chunks: Buffer[] = [];
		let isPatient = true;
		const timer = setTimeout(() => {
			isPatient = false;
			socket.destroy();
		}, maxWaitMs);
		socket.on('data', (chunk: Buffer) => chunks.push(chunk));
		// A reset while we still write is a way to close, too.
		socket.on('error', () => {});
		socket.on('close', () => {
			clearTimeout(timer);
			resolve({ answers: parseAnswers(Buffer.concat(chunks), isHead), isClosed: isPatient });
		});
		const size = Math.max(1, Math.ceil(bytes.length / pieces));
		const writeFrom = (at: number) => {
			if (at >= bytes.length || socket.destroyed) return;
			socket.write(Buffer.from(bytes.slice(at, at + size), 'latin1'));
			setImmediate(writeFrom, at + size);
		};
		socket.on('connect', () => writeFrom(0));
	});
}

/** All answers on a connection; what is not HTTP becomes an answer with the status 0. Interim ones (1xx) are left out. */
export function parseAnswers(bytes: Buffer, isHead = false): RawAnswer[] {
	const answers: RawAnswer[] = [];
	let rest = bytes;
	while (rest.length > 0) {
		const end = rest.indexOf('\r\n\r\n');
		const [statusLine = '', ...lines] = rest.toString('latin1', 0, Math.max(end, 0)).split('\r\n');
		const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1] ?? 0);
		if (status === 0) return [...answers, { status, headers: new Map(), body: rest.toString('utf8') }];
		const headers = new Map(
			lines.map((line) => [
				line.slice(0, line.indexOf(':')).toLowerCase(),
				line.slice(line.indexOf(':') + 1).trim()
			])
		);
		rest = rest.subarray(end + 4);
		if (status < 200) continue;
		// What breaks before the method is known is answered with a body whatever the method was.
		const isEarly = status === 400 || status === 431;
		const hasBody = (!isHead || answers.length > 0 || isEarly) && status !== 204 && status !== 304;
		const { body, length } = hasBody ? readBody(rest, headers) : { body: '', length: 0 };
		rest = rest.subarray(length);
		answers.push({ status, headers, body });
	}
	return answers;
}

function readBody(rest: Buffer, headers: Map<string, string>): { body: string; length: number } {
	if (headers.get('transfer-encoding') !== 'chunked') {
		const length = Math.min(Number(headers.get('content-length') ?? rest.length), rest.length);
		return { body: rest.toString('utf8', 0, length), length };
	}
	const parts: Buffer[] = [];
	let at = 0;
	for (;;) {
		const lineEnd = rest.indexOf('\r\n', at);
		const size = lineEnd < 0 ? 0 : parseInt(rest.toString('latin1', at, lineEnd), 16);
		if (!size) return { body: Buffer.concat(parts).toString('utf8'), length: Math.max(lineEnd, at) + 4 };
		parts.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
		at = lineEnd + 2 + size + 2;
	}
}
