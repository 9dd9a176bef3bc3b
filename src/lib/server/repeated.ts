/** Something that may happen a thousand times a second, of which a log wants to know but not each time. */
export interface Repeated {
	note(): void;
}

/** @param say told at once when it begins, and then every period how many times it was, until a period without any */
export function createRepeated(say: (times: number) => void, periodMs = 10_000): Repeated {
	let times = 0;
	let telling: NodeJS.Timeout | undefined;

	function tell(): void {
		if (times === 0) {
			clearInterval(telling);
			telling = undefined;
			return;
		}
		say(times);
		times = 0;
	}

	return {
		note() {
			times++;
			if (telling) return;
			tell();
			telling = setInterval(tell, periodMs).unref();
		}
	};
}
