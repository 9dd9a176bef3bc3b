import { cpus } from 'node:os';
import type { Row } from './measure.ts';

const columns: [title: string, read: (row: Row) => string][] = [
	['', ({ name }) => name],
	['per second', ({ perSecond }) => figure(perSecond)],
	['p50 ms', ({ p50 }) => figure(p50)],
	['p99 ms', ({ p99 }) => figure(p99)],
	['503 per second', ({ refusedPerSecond }) => figure(refusedPerSecond)],
	['503 p50 ms', ({ refusedP50 }) => figure(refusedP50)],
	['/livez p99 ms', ({ livezP99 }) => figure(livezP99)],
	['CPU ms each', ({ cpuMs }) => (cpuMs === undefined || cpuMs >= 1 ? figure(cpuMs) : cpuMs.toFixed(2))],
	['RSS MiB', ({ rssMb }) => figure(rssMb)],
	['generator', ({ generatorBusy }) => (generatorBusy === undefined ? '–' : formatShare(generatorBusy))]
];

/** Three digits or fewer: a busy machine does not allow more precision. */
function figure(value = NaN): string {
	if (Number.isNaN(value)) return '–';
	return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

export function formatShare(share: number): string {
	return `${(share * 100).toFixed(0)} %`;
}

export function formatRows(rows: Row[]): string {
	const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, read]) => read(row)))];
	const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0), 3));
	const pad = (line: string[]) =>
		line.map((cell, column) =>
			column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
		);
	const format = (line: string[]) => `| ${pad(line).join(' | ')} |`;
	const [head = [], ...body] = cells;
	const rule = widths.map((width, column) =>
		column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`
	);
	return [format(head), `| ${rule.join(' | ')} |`, ...body.map(format)].join('\n');
}

export function describeMachine(): string {
	const [core] = cpus();
	return `${cpus().length} × ${core?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
}
