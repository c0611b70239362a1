/** Looks every few milliseconds until `look` gives something other than false, null or undefined. */
export async function until<Value>(
  look: () => Promise<Value> | Value,
  timeoutMs = 30_000,
): Promise<NonNullable<Value>> {
  const limit = Date.now() + timeoutMs;
  while (Date.now() < limit) {
    const seen = await look();
    if (seen !== false && seen !== null && seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`it did not come about in ${timeoutMs} ms`);
}
