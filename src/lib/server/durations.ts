/** One set of constants for spans of time, in milliseconds unless the name says otherwise. */
export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export const accessTokenLifetimeMs = 15 * minuteMs;
export const accessTokenSeconds = accessTokenLifetimeMs / secondMs;
/**
 * How long after its issue a verifier may still accept an access token: its life and the largest clock difference. Keys
 * and ended sessions stay published for this long.
 */
export const accessTokenRetentionMs = accessTokenLifetimeMs + 5 * minuteMs;
