export interface Command {
  /** Printed by --help. */
  help: string;
  /** Gives the exit status. */
  run(args: string[]): Promise<number>;
}

/** A mistake of the person who typed: its message is shown as it is, without a stack. */
export class UsageError extends Error {}
