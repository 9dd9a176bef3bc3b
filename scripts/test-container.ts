import path from 'node:path';
import { cleanUp, cleanUpOnSignals, root, run } from './test/run.ts';
import { countReport, countVitest, Tally } from './test/tally.ts';

// The tests of image, compose.yaml, backup and restore, on the Docker engine that `docker` talks to (DOCKER_HOST).
// usage: node scripts/test-container.ts

const tally = new Tally();
const report = path.join(root, '.test/reports/container.json');
const started = performance.now();

cleanUpOnSignals();
const engine = await run('docker', ['version', '--format', '{{.Server.Version}}']);
if (engine.status === 0) {
	// Vitest reads the tsconfig, which extends a generated one.
	await run('svelte-kit', ['sync']);
	const args = [
		'run',
		'--project=container',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${report}`
	];
	const { status, output } = await run('vitest', args);
	console.log(output.trim());
	tally.add(
		'containers',
		countReport(report, status, countVitest),
		output,
		(performance.now() - started) / 1000
	);
} else {
	tally.add('containers', { passed: 0, failed: 1 }, `no Docker engine answers: ${engine.output}`, 0);
}
await cleanUp();
console.log(`${tally}`);
process.exitCode = tally.failed > 0 ? 1 : 0;
