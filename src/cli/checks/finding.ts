/** One line of what `doctor` found. */
export interface Finding {
	level: 'ok' | 'warning' | 'failure';
	subject: string;
	message: string;
	/** What to do about it. */
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
