import { once } from 'node:events';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';

/** A TLS connection to a service on loopback, whatever its certificate. Rejects when the handshake fails. */
export async function connectTls(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
	const socket = connect({
		host: '127.0.0.1',
		servername: 'localhost',
		port,
		rejectUnauthorized: false,
		...options
	});
	await once(socket, 'secureConnect');
	return socket;
}

/** The common name of the certificate that a new connection is shown. */
export async function readCommonName(port: number): Promise<string | undefined> {
	const socket = await connectTls(port);
	const { subject } = socket.getPeerCertificate();
	socket.destroy();
	return subject.CN?.toString();
}

/** One HTTP/1.1 GET on an open connection, which stays open; resolves to the head of the answer. */
export async function getOver(socket: TLSSocket, path: string): Promise<string> {
	socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
	const [chunk] = (await once(socket, 'data')) as [Buffer];
	return chunk.toString('utf8').split('\r\n\r\n', 1)[0] ?? '';
}
