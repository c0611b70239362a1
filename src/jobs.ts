import type { Context } from '#context.ts';
import { connectionJobs } from '#domain/connections/jobs.ts';
import { sendEvidenceJob, sweepDisputesJob } from '#domain/disputes/jobs.ts';
import { ingestJobs } from '#domain/ingest/jobs.ts';
import { invoicingJobs } from '#domain/invoicing/jobs.ts';
import { matchingJobs } from '#domain/matching/jobs.ts';
import {
  closeSupersededJob,
  deliverOrderJob,
  joinLatePhotosJob,
  makeWebCopyJob,
  reconcilePaymentsJob,
  sendRefundJob,
  settleCreditsJob,
  sweepDeliveriesJob,
  sweepRefundsJob,
  tellFailedPaymentJob,
  tellLatePhotosJob,
} from '#domain/orders/jobs.ts';
import { payoutsJobs } from '#domain/payouts/jobs.ts';
import { settleWithdrawalJob } from '#domain/withdrawals/jobs.ts';
import { sendMailJob } from '#platform/mail/jobs.ts';
import { deliverTestPaymentEventJob, settleDelayedTestIntentJob } from '#platform/payments/jobs.ts';
import type { AnyJob } from '#platform/queue/lanes.ts';

/** Every job of the product. What is enqueued and not in this list is refused. */
export const jobs: readonly AnyJob<Context>[] = [
  ...ingestJobs,
  ...connectionJobs,
  ...matchingJobs,
  deliverOrderJob,
  sweepDeliveriesJob,
  tellFailedPaymentJob,
  closeSupersededJob,
  reconcilePaymentsJob,
  sendRefundJob,
  sweepRefundsJob,
  sendEvidenceJob,
  sweepDisputesJob,
  settleCreditsJob,
  joinLatePhotosJob,
  tellLatePhotosJob,
  makeWebCopyJob,
  ...payoutsJobs,
  ...invoicingJobs,
  settleWithdrawalJob,
  sendMailJob,
  deliverTestPaymentEventJob,
  settleDelayedTestIntentJob,
];
