/** The first value of a query parameter, undefined when it is absent. */
export function firstWord(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
