/** Between "surely not" and "published": what a search may offer as a maybe, and what a person should look at. */
export const LEAST_MAYBE_PROBABILITY = 0.2;
