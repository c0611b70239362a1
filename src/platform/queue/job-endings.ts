import type { PgBoss } from 'pg-boss';
import type { LaneName } from './lanes.ts';

/** One attempt of one job: an ending counts only while the job is at this attempt. */
export interface Claim {
  id: string;
  retryCount: number;
}

/** Both answer false when the job has gone to another worker: then nothing was written. */
export interface Endings {
  /** A job that went well is removed. Those that end while a removal is under way go together in the next one. */
  done(claim: Claim): Promise<boolean>;
  failed(claim: Claim, reason: string): Promise<boolean>;
}

interface Waiting {
  claim: Claim;
  resolve(reached: boolean): void;
  reject(error: unknown): void;
}

const MOST_AT_ONCE = 100;

export function createEndings(boss: PgBoss, lane: LaneName): Endings {
  const waiting: Waiting[] = [];
  let removing = false;

  const remove = async () => {
    removing = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MOST_AT_ONCE);
      try {
        const answer = await boss.deleteJob(
          lane,
          batch.map(({ claim }) => claim),
        );
        const reached = new Set(idsIn(answer));
        for (const { claim, resolve } of batch) resolve(reached.has(claim.id));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    removing = false;
  };

  return {
    done: (claim) =>
      new Promise((resolve, reject) => {
        waiting.push({ claim, resolve, reject });
        if (!removing) void remove();
      }),
    failed: async (claim, reason) => idsIn(await boss.fail(lane, claim, { message: reason })).length > 0,
  };
}

/** The jobs that a fenced call reached. pg-boss answers with them and leaves them out of its types. */
export function idsIn(answer: object): string[] {
  if ('settled' in answer && Array.isArray(answer.settled)) return answer.settled;
  throw new Error('pg-boss did not say which jobs it reached');
}
