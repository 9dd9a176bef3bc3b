import { findPython } from '../../tests/support/service/python.ts';
import { aptInstall, canInstall } from './apt.ts';

/** A Python with PyJWT for the example of the verify kit, installed where that is possible; without one it is not run. */
export async function providePython(): Promise<void> {
	if (!findPython() && (await canInstall())) {
		await aptInstall('python3-jwt', 'python3-cryptography').catch((error: Error) => {
			console.log(error.message);
		});
	}
	const python = findPython();
	console.log(
		python ? `Python with PyJWT: ${python}` : 'no Python with PyJWT (python3-jwt): its example is not run'
	);
}
