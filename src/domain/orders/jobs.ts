import { z } from 'zod';
import type { Context } from '#context.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';
import {
  CLOSE_SUPERSEDED,
  DELIVER_ORDER,
  MAKE_WEB_COPY,
  SEND_REFUND,
  SETTLE_CREDITS,
  TELL_FAILED_PAYMENT,
} from './job-names.ts';

const ofOrder = z.object({ orderId: z.uuid() });

export const deliverOrderJob: JobDefinition<{ orderId: string }, Context> = {
  name: DELIVER_ORDER,
  parse: (data) => ofOrder.parse(data),
  maxAttempts: 10,
  backoffSeconds: 2,
  timeLimitSeconds: 60,
  async run(ctx, data) {
    const { deliverOrder } = await import('./deliver-order.ts');
    await deliverOrder(ctx, data);
  },
};

export const settleCreditsJob: JobDefinition<{ orderId: string }, Context> = {
  name: SETTLE_CREDITS,
  parse: (data) => ofOrder.parse(data),
  maxAttempts: 10,
  backoffSeconds: 2,
  timeLimitSeconds: 30,
  async run(ctx, data) {
    const { settleCredits } = await import('./settle-credits.ts');
    await settleCredits(ctx, data);
  },
};

export const tellFailedPaymentJob: JobDefinition<{ orderId: string }, Context> = {
  name: TELL_FAILED_PAYMENT,
  parse: (data) => ofOrder.parse(data),
  maxAttempts: 5,
  backoffSeconds: 10,
  timeLimitSeconds: 30,
  async run(ctx, data) {
    const { tellFailedPayment } = await import('./tell-failed-payment.ts');
    await tellFailedPayment(ctx, data);
  },
};

export const closeSupersededJob: JobDefinition<{ orderId: string }, Context> = {
  name: CLOSE_SUPERSEDED,
  parse: (data) => ofOrder.parse(data),
  maxAttempts: 10,
  backoffSeconds: 5,
  timeLimitSeconds: 60,
  async run(ctx, data) {
    const { closeSuperseded } = await import('./close-superseded.ts');
    await closeSuperseded(ctx, data);
  },
};

export const reconcilePaymentsJob: JobDefinition<object, Context> = {
  name: 'reconcile-payments',
  parse: (data) => z.object({}).parse(data),
  maxAttempts: 3,
  backoffSeconds: 5,
  timeLimitSeconds: 240,
  schedule: '*/5 * * * *',
  async run(ctx) {
    const { reconcilePayments } = await import('./reconcile-payments.ts');
    await reconcilePayments(ctx);
  },
};

export const sweepDeliveriesJob: JobDefinition<object, Context> = {
  name: 'sweep-deliveries',
  parse: (data) => z.object({}).parse(data),
  maxAttempts: 3,
  backoffSeconds: 5,
  timeLimitSeconds: 240,
  schedule: '*/5 * * * *',
  async run(ctx) {
    const { sweepDeliveries } = await import('./sweep-deliveries.ts');
    await sweepDeliveries(ctx);
  },
};

export const makeWebCopyJob: JobDefinition<{ photoId: string; sponsored: boolean }, Context> = {
  name: MAKE_WEB_COPY,
  parse: (data) => z.object({ photoId: z.uuid(), sponsored: z.boolean() }).parse(data),
  maxAttempts: 6,
  backoffSeconds: 5,
  timeLimitSeconds: 180,
  heavy: true,
  async run(ctx, data) {
    const { makeWebCopy } = await import('./make-web-copy.ts');
    await makeWebCopy(ctx, data);
  },
};

export const joinLatePhotosJob: JobDefinition<object, Context> = {
  name: 'join-late-photos',
  parse: (data) => z.object({}).parse(data),
  maxAttempts: 3,
  backoffSeconds: 5,
  timeLimitSeconds: 240,
  schedule: '*/5 * * * *',
  async run(ctx) {
    const { joinLatePhotos } = await import('./join-late-photos.ts');
    await joinLatePhotos(ctx);
  },
};

export const tellLatePhotosJob: JobDefinition<object, Context> = {
  name: 'tell-late-photos',
  parse: (data) => z.object({}).parse(data),
  maxAttempts: 3,
  backoffSeconds: 5,
  timeLimitSeconds: 240,
  schedule: '*/5 * * * *',
  async run(ctx) {
    const { tellLatePhotos } = await import('./tell-late-photos.ts');
    await tellLatePhotos(ctx);
  },
};

/** The provider's call for a refund that was written down in another transaction. */
export const sendRefundJob: JobDefinition<{ refundId: string }, Context> = {
  name: SEND_REFUND,
  parse: (data) => z.object({ refundId: z.uuid() }).parse(data),
  maxAttempts: 3,
  backoffSeconds: 150,
  timeLimitSeconds: 60,
  async run(ctx, data) {
    const { sendRefund } = await import('./send-refund.ts');
    await sendRefund(ctx, data);
  },
};

export const sweepRefundsJob: JobDefinition<object, Context> = {
  name: 'sweep-refunds',
  parse: (data) => z.object({}).parse(data),
  maxAttempts: 3,
  backoffSeconds: 5,
  timeLimitSeconds: 240,
  schedule: '*/5 * * * *',
  async run(ctx) {
    const { sweepRefunds } = await import('./sweep-refunds.ts');
    await sweepRefunds(ctx);
  },
};
