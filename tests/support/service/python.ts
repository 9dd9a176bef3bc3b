import { spawnSync } from 'node:child_process';

/** A Python with PyJWT and what it verifies with, as Debian's packages put it; `PYTHON` names another one. */
export function findPython(): string | undefined {
	const usual = process.env.PYTHON ? [process.env.PYTHON] : ['/usr/bin/python3', 'python3'];
	return usual.find((python) => spawnSync(python, ['-c', 'import jwt, cryptography']).status === 0);
}
