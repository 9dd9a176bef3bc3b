import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OtherSite {
	/** To a browser another site than `localhost`. */
	origin: string;
	/** Another port of the service's host: another origin of the same site, so it gets the session's cookie. */
	neighbour: string;
	stop: () => Promise<void>;
}

/** A site of another origin that answers every address with this page. */
export async function startOtherSite(html: string): Promise<OtherSite> {
	const server = createServer((_request, response) => {
		response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
		response.end(`<!doctype html><title>Another site</title>${html}`);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		neighbour: `http://localhost:${port}`,
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}

/** A form with a button "Win a prize" that sends these fields to an address of the service. */
export function luringForm(action: string, fields: Record<string, string> = {}): string {
	const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
	return `<form method="post" action="${action}">${inputs.join('')}<button>Win a prize</button></form>`;
}
