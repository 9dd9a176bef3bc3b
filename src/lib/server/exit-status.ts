/** The exit statuses of the service and its commands. */
export const exitStatus = {
	success: 0,
	failure: 1,
	/** Arguments that a command does not understand. */
	usage: 2,
	/** `EX_CONFIG` of sysexits.h: an operator must fix the settings, and a restart alone does not help. */
	config: 78
} as const;
