/** How many redirects of one call are followed when no number is given. */
export const USUAL_REDIRECTS = 10;

/** Most redirects of one call that can be asked for. */
export const MOST_REDIRECTS = 100;
