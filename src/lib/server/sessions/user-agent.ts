import Bowser from 'bowser';

/** The familiar names of a browser and a system, from a `User-Agent` header. */
export interface UserAgentLabel {
	/** Such as `Firefox`; for a program its own name, such as `curl`. */
	browser: string | null;
	/** Such as `Windows` or `iPhone`. */
	system: string | null;
}

const programNameMax = 40;

/** @param userAgent any text, because a client may send anything */
export function describeUserAgent(userAgent: string | null): UserAgentLabel {
	if (!userAgent) return { browser: null, system: null };
	const { browser, os, platform } = Bowser.parse(userAgent);
	if (browser.name) return { browser: browser.name, system: platform.model ?? os.name ?? null };
	const [program = ''] = /^[\w.+-]+/.exec(userAgent) ?? [];
	return { browser: program.slice(0, programNameMax) || null, system: os.name ?? null };
}
