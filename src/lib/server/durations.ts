/** One set of constants for spans of time, in milliseconds unless the name says otherwise. */
export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The life of an access token. */
export const accessTokenSeconds = 15 * 60;
