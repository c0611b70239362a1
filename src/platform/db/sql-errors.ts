/** The SQLSTATE and constraint of a database error, however deep Drizzle wrapped it. Null for other errors. */
function findDatabaseError(error: unknown): { code: string; constraint: string | null } | null {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string' && /^[0-9A-Z]{5}$/.test(current.code)) {
      return { code: current.code, constraint: constraintOf(current) };
    }
    current = current.cause;
  }
  return null;
}

/** PGlite names the constraint in its message alone. */
function constraintOf(error: Error): string | null {
  if ('constraint' in error && typeof error.constraint === 'string') return error.constraint;
  return /constraint "([^"]+)"/.exec(error.message)?.[1] ?? null;
}

/** True when a row with the same unique key exists; with `constraint`, only for that one. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const found = findDatabaseError(error);
  return found?.code === '23505' && (constraint === undefined || found.constraint === constraint);
}
