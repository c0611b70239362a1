import type { Runner } from '#domain/timing/start-list.ts';

/** A minor's family name stays out of public pages: its first letter is enough to tell two apart. */
export function runnerName(runner: Pick<Runner, 'firstName' | 'lastName' | 'isMinor'>): string {
  const lastName = runner.isMinor && runner.lastName ? `${runner.lastName.slice(0, 1)}.` : runner.lastName;
  return `${runner.firstName} ${lastName}`.trim();
}
