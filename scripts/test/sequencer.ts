import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that mostly wait, for keys to come into use and for time limits: started last, they would be waited for alone. */
const waiting = /\/(key-rotation|keys-cli|signing-keys|openapi)\.test\.ts$/;

/** Vitest's order, but files that mostly wait come first. */
export class WaitingFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const sorted = await super.sort(files);
		const isWaiting = ({ moduleId }: TestSpecification) => waiting.test(moduleId);
		return [...sorted.filter(isWaiting), ...sorted.filter((file) => !isWaiting(file))];
	}
}
