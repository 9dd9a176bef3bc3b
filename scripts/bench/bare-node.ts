import { createServer } from 'node:http';
import { user } from './bare-app/src/user.ts';

/** The least that Node can do for a request. A process of its own, as the service is. */
const server = createServer((_request, response) => {
	response.setHeader('content-type', 'application/json').end(JSON.stringify(user));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
