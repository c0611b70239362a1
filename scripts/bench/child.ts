import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Child {
  readonly process: ChildProcess;
  /** One question, one answer. Rejects when the process ends before it. */
  ask(question: unknown): Promise<Record<string, number>>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A process of this folder that answers each message with one. */
export function startChild(file: string): Child {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`${file} ended with ${signal ?? code}`);
  });
  exited.catch(() => undefined);
  return {
    process: child,
    async ask(question) {
      const answer = once(child, 'message');
      child.send(question as object);
      const [told] = await Promise.race([answer, exited]);
      return told as Record<string, number>;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited.catch(() => undefined);
    },
  };
}
