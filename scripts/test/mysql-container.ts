import { randomBytes } from 'node:crypto';
import { atEnd, run } from './run.ts';
import { untilMysqlAnswers } from './mysql-ready.ts';

const image = 'mysql:9.7';

/** Starts MySQL in a container on a free loopback port, removed when the run ends. Returns the URL of its root account. */
export async function startContainer(): Promise<string> {
	console.log(`starting ${image} with Docker …`);
	const password = randomBytes(12).toString('hex');
	const started = await run(
		'docker',
		['run', '--detach', '--rm', '--publish=127.0.0.1::3306', `--env=MYSQL_ROOT_PASSWORD=${password}`, image],
		{ timeoutSeconds: 300 }
	);
	// A pull writes its progress first; the id is the last line.
	const id = started.output.trim().split('\n').at(-1) ?? '';
	if (started.status !== 0) throw new Error(`docker run ${image}: ${id}`);
	atEnd(() => run('docker', ['rm', '--force', '--volumes', id]));
	const { output } = await run('docker', ['port', id, '3306/tcp']);
	const port = /:(\d+)\s*$/.exec(output.trim())?.[1];
	const url = `mysql://root:${password}@127.0.0.1:${port}`;
	if (!(await untilMysqlAnswers(url, 120))) throw new Error(`${image} does not answer`);
	return url;
}
