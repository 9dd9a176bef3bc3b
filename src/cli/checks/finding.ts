/** One line in the output of `doctor`. */
export interface Finding {
	level: 'ok' | 'warning' | 'failure';
	subject: string;
	message: string;
	/** What the operator can do about it. */
	remedy?: string;
}

export function ok(subject: string, message: string): Finding {
	return { level: 'ok', subject, message };
}

export function warning(subject: string, message: string, remedy: string): Finding {
	return { level: 'warning', subject, message, remedy };
}

export function failure(subject: string, message: string, remedy: string): Finding {
	return { level: 'failure', subject, message, remedy };
}
