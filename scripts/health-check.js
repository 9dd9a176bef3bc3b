import { get } from 'node:http';

// Run by the HEALTHCHECK of the image. Works with HTTPS too, because health checks are not redirected. `docker inspect`
// shows the answer of the service.
const port = process.env.PORT || 3000;
const request = get({ host: '127.0.0.1', port, path: '/readyz', timeout: 4_000 }, (answer) => {
	process.exitCode = answer.statusCode === 200 ? 0 : 1;
	answer.pipe(process.stdout);
});
request.on('timeout', () => request.destroy(new Error('no answer within 4 seconds')));
request.on('error', (error) => {
	console.log(`/readyz on port ${port}: ${error.message}`);
	process.exitCode = 1;
});
