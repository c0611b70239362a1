// One step of a sale in a process of its own, to be killed: node buyer-child.ts <check-out|refund|send-refund> <json>
import { z } from 'zod';
import { withActor } from '#context.ts';
import { refundLines } from '#domain/orders/refund-lines.ts';
import { sendRefund } from '#domain/orders/send-refund.ts';
import { startCheckout } from '#domain/orders/start-checkout.ts';
import { createContext } from '../../src/create-context.ts';

const [verb = '', json = '{}'] = process.argv.slice(2);
const { ctx, stop } = await createContext({ role: 'command' });
const system = withActor(ctx, { kind: 'system', name: 'buyer-child' });

const steps: Record<string, (asked: unknown) => Promise<unknown>> = {
  'check-out': (asked) => {
    const sale = z.object({ token: z.string(), expectedTotalCents: z.int() }).parse(asked);
    return startCheckout(ctx, { ...sale, email: 'camille@example.org', waiver: true });
  },
  refund: (asked) => {
    const { orderId } = z.object({ orderId: z.uuid() }).parse(asked);
    return refundLines(system, { orderId, lines: 'all', cause: 'goodwill' });
  },
  'send-refund': (asked) => sendRefund(system, z.object({ refundId: z.uuid() }).parse(asked)),
};

console.log(JSON.stringify(await steps[verb]?.(JSON.parse(json))));
await stop(0);
