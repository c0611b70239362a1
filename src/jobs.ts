import type { Context } from '#context.ts';
import { connectionJobs } from '#domain/connections/jobs.ts';
import { ingestJobs } from '#domain/ingest/jobs.ts';
import { matchingJobs } from '#domain/matching/jobs.ts';
import {
  deliverOrderJob,
  reconcilePaymentsJob,
  sendRefundJob,
  settleCreditsJob,
  sweepLatePhotosJob,
  sweepRefundsJob,
  tellFailedPaymentJob,
} from '#domain/orders/jobs.ts';
import { sendMailJob } from '#platform/mail/jobs.ts';
import { deliverTestPaymentEventJob, settleDelayedTestIntentJob } from '#platform/payments/jobs.ts';
import type { AnyJob } from '#platform/queue/lanes.ts';

/** Every job of the product. What is enqueued and not in this list is refused. */
export const jobs: readonly AnyJob<Context>[] = [
  ...ingestJobs,
  ...connectionJobs,
  ...matchingJobs,
  deliverOrderJob,
  tellFailedPaymentJob,
  reconcilePaymentsJob,
  sendRefundJob,
  sweepRefundsJob,
  settleCreditsJob,
  sweepLatePhotosJob,
  sendMailJob,
  deliverTestPaymentEventJob,
  settleDelayedTestIntentJob,
];
