/** An event that may happen thousands of times per second, so that not every occurrence is logged. */
export interface Repeated {
	note(): void;
}

/**
 * @param say called when the event first happens, and then after every period with the number of occurrences, until a
 * period has none
 */
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
