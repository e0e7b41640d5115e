/** Longest text to search for (q), in characters. */
export const SEARCH_AT_MOST = 200;
