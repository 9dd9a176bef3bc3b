import { connect, type Socket } from 'node:net';

/** One keep-alive connection, for one request at a time. */
export interface Connection {
	/** @returns the status of the response, or 0 if the connection closed without one */
	send(request: string): Promise<number>;
	close(): void;
}

const headEnd = '\r\n\r\n';
const chunkedEnd = '0\r\n\r\n';

/**
 * A minimal HTTP client. Node's own client takes more processor time than a refusal by the service, on the same cores.
 * It connects when there is something to send, and reconnects after the server has closed the connection.
 */
export function createConnection(origin: string): Connection {
	const { hostname, port } = new URL(origin);
	// The measured servers listen on IPv4 only.
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

/** Understands `Transfer-Encoding: chunked` and `Content-Length`. A redirect may have neither. */
function isWhole(answer: string): boolean {
	const bodyAt = answer.indexOf(headEnd) + headEnd.length;
	if (bodyAt < headEnd.length) return false;
	const head = answer.slice(0, bodyAt).toLowerCase();
	if (head.includes('\r\ntransfer-encoding: chunked')) return answer.endsWith(chunkedEnd);
	const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1] ?? 0;
	return answer.length >= bodyAt + Number(length);
}
