import { withActor } from '#context.ts';
import { grantCredits } from '#domain/credits/grant-credits.ts';
import { getActor } from '../../src/domain/accounts/get-actor.ts';
import { makeEvent } from '../../tests/factories.ts';
import { openDemoAccounts, openSession } from '../demo/demo-accounts.ts';
import type { Site } from './web.ts';

export interface ProSession {
  cookie: string;
  eventId: string;
}

const CREDITS = 100_000;

/** A photographer signed in on this site, with an event and credits enough. */
export function openProSession(site: Site): Promise<ProSession> {
  return site.fill(async ({ ctx }) => {
    const [photographer] = await openDemoAccounts(ctx);
    if (!photographer) throw new Error('there is no photographer');
    const cookie = await openSession(ctx, photographer);
    const actor = await getActor(ctx, new Headers({ cookie }));
    const organisationId = actor.kind === 'account' ? actor.organisationId : null;
    if (organisationId === null) throw new Error('the photographer has no organisation');
    const event = await makeEvent(ctx, { organisationId });
    const system = withActor(ctx, { kind: 'system', name: 'bench' });
    await grantCredits(system, { organisationId, credits: CREDITS, uniqueKey: 'bench', reason: 'bench' });
    return { cookie, eventId: event.id };
  });
}
