import { z } from 'zod';
import type { Context } from '#context.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';
import { DELIVER_ORDER, SEND_REFUND, SETTLE_CREDITS, TELL_FAILED_PAYMENT } from './job-names.ts';

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

export const sweepLatePhotosJob: JobDefinition<object, Context> = {
  name: 'sweep-late-photos',
  parse: (data) => z.object({}).parse(data),
  maxAttempts: 3,
  backoffSeconds: 5,
  timeLimitSeconds: 120,
  schedule: '*/5 * * * *',
  async run(ctx) {
    const { sweepLatePhotos } = await import('./sweep-late-photos.ts');
    await sweepLatePhotos(ctx);
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
