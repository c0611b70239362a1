import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { TEST_SIGNATURE_HEADER } from './open-test-provider.ts';
import { signPayload } from './payment-signature.ts';
import { webhookSecret } from './test-provider-books.ts';

interface DeliveryNeeds {
  clock: Clock;
  config: Pick<Config, 'authSecret' | 'publicUrl' | 'port'>;
}

const TIMEOUT_MS = 10_000;

/** Brings one notice to our own door over HTTP, signed at this moment. Throws when it was not taken. */
export async function deliverTestEvent(
  ctx: DeliveryNeeds,
  input: { body: string; signal?: AbortSignal },
): Promise<void> {
  // The public address may not lead back to this machine, and this process may not be the web server.
  const origins = [`http://127.0.0.1:${ctx.config.port}`, ctx.config.publicUrl];
  const answers: string[] = [];
  for (const origin of origins) {
    const answer = await post(ctx, origin, input);
    if (answer === 'taken') return;
    answers.push(answer);
  }
  throw new Error(`the payment notice was not taken: ${answers.join(', ')}`);
}

async function post(
  ctx: DeliveryNeeds,
  origin: string,
  input: { body: string; signal?: AbortSignal },
): Promise<string> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await fetch(`${origin}/api/webhooks/test`, {
      method: 'POST',
      redirect: 'error',
      signal: input.signal ? AbortSignal.any([deadline, input.signal]) : deadline,
      headers: {
        'content-type': 'application/json',
        [TEST_SIGNATURE_HEADER]: signPayload(webhookSecret(ctx.config), input.body, ctx.clock.now()),
      },
      body: input.body,
    });
    await answer.body?.cancel();
    return answer.ok ? 'taken' : `status ${answer.status}`;
  } catch (error) {
    return error instanceof Error ? error.name : 'no answer';
  }
}
