import { z } from 'zod';
import type { Context } from '#context.ts';
import { INVOICE_ORDER } from '#domain/orders/job-names.ts';
import type { JobDefinition } from '#platform/queue/queue.ts';
import { SWEEP_INVOICES } from './job-names.ts';

const ofOrder = z.object({ orderId: z.uuid() });

const invoiceOrderJob: JobDefinition<{ orderId: string }, Context> = {
  name: INVOICE_ORDER,
  parse: (data) => ofOrder.parse(data),
  maxAttempts: 10,
  backoffSeconds: 5,
  timeLimitSeconds: 60,
  async run(ctx, data) {
    const { issueInvoices } = await import('./issue-invoices.ts');
    await issueInvoices(ctx, data);
  },
};

const sweepInvoicesJob: JobDefinition<object, Context> = {
  name: SWEEP_INVOICES,
  parse: (data) => z.object({}).parse(data),
  maxAttempts: 3,
  backoffSeconds: 30,
  timeLimitSeconds: 300,
  schedule: '37 * * * *',
  async run(ctx) {
    const { sweepInvoices } = await import('./sweep-invoices.ts');
    await sweepInvoices(ctx);
  },
};

export const invoicingJobs = [invoiceOrderJob, sweepInvoicesJob];
