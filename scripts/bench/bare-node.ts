import { createServer } from 'node:http';
import { user } from './bare-app/src/user.ts';

/** The least work that Node can do for a request. It runs in its own process, as the service does. */
const server = createServer((_request, response) => {
	response.setHeader('content-type', 'application/json').end(JSON.stringify(user));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
