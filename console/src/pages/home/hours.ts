export const DAY_HOURS = 24;
export const WEEK_HOURS = 168;

/** How far back the request chart goes. */
export type Hours = typeof DAY_HOURS | typeof WEEK_HOURS;
