/** Requests whose acts may outlive their connection. They must end before the database is closed. */
export interface UnderWay {
	/** @returns the same promise */
	track<Value>(act: Promise<Value>): Promise<Value>;
	/** Resolves when none is running. Never rejects. */
	settle(): Promise<void>;
}

export function createUnderWay(): UnderWay {
	const acts = new Set<Promise<unknown>>();
	return {
		track(act) {
			acts.add(act);
			const forget = () => void acts.delete(act);
			act.then(forget, forget);
			return act;
		},
		async settle() {
			while (acts.size > 0) await Promise.allSettled(acts);
		}
	};
}
