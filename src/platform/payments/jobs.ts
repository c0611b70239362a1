import { z } from 'zod';
import type { Config } from '../config.ts';
import type { JobDefinition } from '../queue/queue.ts';
import {
  DELIVER_TEST_EVENT,
  SETTLE_DELAYED_INTENT,
  type TestProviderContext,
} from './test-provider-books.ts';

type DeliveryContext = TestProviderContext & { config: Pick<Config, 'port'> };

/** Twelve attempts over about an hour, as a real provider goes on when our door was closed. */
export const deliverTestPaymentEventJob: JobDefinition<{ body: string }, DeliveryContext> = {
  name: DELIVER_TEST_EVENT,
  parse: (data) => z.object({ body: z.string().max(10_000) }).parse(data),
  maxAttempts: 12,
  backoffSeconds: 2,
  timeLimitSeconds: 30,
  async run(ctx, data, attempt) {
    const { deliverTestEvent } = await import('./deliver-test-event.ts');
    await deliverTestEvent(ctx, { ...data, signal: attempt.signal });
  },
};

export const settleDelayedTestIntentJob: JobDefinition<{ intentId: string }, TestProviderContext> = {
  name: SETTLE_DELAYED_INTENT,
  parse: (data) => z.object({ intentId: z.string().max(200) }).parse(data),
  maxAttempts: 10,
  backoffSeconds: 2,
  timeLimitSeconds: 30,
  async run(ctx, data) {
    const { settleDelayedIntent } = await import('./settle-test-intent.ts');
    await settleDelayedIntent(ctx, data);
  },
};
