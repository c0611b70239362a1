export type Facts = Record<string, string | number>;

export interface Span {
  /** `error` is told in words that a log may keep; null when all went well. A second end changes nothing. */
  end(outcome: { error: string | null; facts?: Facts }): void;
}

/** What happened when, told to an OpenTelemetry collector. Names and facts hold no ids, tokens or people. */
export interface Traces {
  /** `answers` for a request from outside, `works` for a job. */
  begin(kind: 'answers' | 'works', name: string, facts: Facts): Span;
  /** Sends what is left, within `timeoutMs`; what cannot be sent is lost. */
  close(timeoutMs: number): Promise<void>;
}

const noSpan: Span = { end: () => undefined };

export const noTraces: Traces = { begin: () => noSpan, close: async () => undefined };
