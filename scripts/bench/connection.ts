import { connect, type Socket } from 'node:net';

/** One kept-alive connection, for one request at a time. */
export interface Connection {
	/** @returns the status of the answer, 0 when none came */
	send(request: string): Promise<number>;
	close(): void;
}

const headEnd = '\r\n\r\n';
const chunkedEnd = '0\r\n\r\n';

/**
 * A client of few instructions: Node's own costs more than the service takes for a refusal, and would share its cores.
 * It opens the connection when there is something to send, again when it was closed.
 */
export function createConnection(origin: string): Connection {
	const { hostname, port } = new URL(origin);
	// What is measured here listens on IPv4.
	const address = { host: hostname === 'localhost' ? '127.0.0.1' : hostname, port: Number(port || 80) };
	let socket: Socket | undefined;
	let answer = '';
	let settle: ((status: number) => void) | undefined;

	function finish(status: number): void {
		const settleNow = settle;
		settle = undefined;
		answer = '';
		settleNow?.(status);
	}

	function open(): Socket {
		const opened = connect(address).setNoDelay().setEncoding('latin1');
		opened.on('data', (text: string) => {
			answer += text;
			if (isWhole(answer)) finish(Number(answer.slice(9, 12)));
		});
		opened.on('error', () => {});
		opened.on('close', () => {
			if (socket !== opened) return;
			socket = undefined;
			finish(0);
		});
		return opened;
	}

	return {
		send: (request) =>
			new Promise((resolve) => {
				settle = resolve;
				socket ??= open();
				socket.write(request);
			}),
		close() {
			socket?.destroy();
			socket = undefined;
		}
	};
}

/** Both ways to say how long a body is; a redirect may have none at all. */
function isWhole(answer: string): boolean {
	const bodyAt = answer.indexOf(headEnd) + headEnd.length;
	if (bodyAt < headEnd.length) return false;
	const head = answer.slice(0, bodyAt).toLowerCase();
	if (head.includes('\r\ntransfer-encoding: chunked')) return answer.endsWith(chunkedEnd);
	const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1] ?? 0;
	return answer.length >= bodyAt + Number(length);
}
