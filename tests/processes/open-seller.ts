import { type Context, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { signIn } from '#domain/accounts/sign-in.ts';
import { signUp } from '#domain/accounts/sign-up.ts';
import { verifyAddress } from '#domain/accounts/verify-address.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { createEvent } from '#domain/events/create-event.ts';
import { publishEvent } from '#domain/events/publish-event.ts';

export interface SignedIn {
  /** The `cookie` header of a session. */
  cookie: string;
  userId: string;
  organisationId: string | null;
}

export interface Seller extends SignedIn {
  organisationId: string;
  event: { id: string; slug: string };
}

/** A person who opened an account, followed the link in the mail and signed in. */
export async function openAccount(
  ctx: Context,
  role: 'PHOTOGRAPHER' | 'RUNNER' = 'PHOTOGRAPHER',
): Promise<SignedIn> {
  const email = `${ctx.random.id()}@example.org`;
  const password = ctx.random.token(18);
  await signUp(ctx, { role, name: 'Camille Martin', email, password, locale: 'fr' });
  const mails = await ctx.mail.listOutbox({ limit: 50 });
  const text = mails.find(({ to }) => to === email)?.text ?? '';
  await verifyAddress(ctx, { token: /token=([\w-]+)/.exec(text)?.[1] ?? '' });
  const answer = await signIn(ctx, { email, password }, new Headers());
  if (answer.outcome !== 'signed-in') throw new Error(`could not sign in: ${answer.outcome}`);
  const cookie = `${answer.cookie.name}=${encodeURIComponent(answer.cookie.value)}`;
  const actor = await getActor(ctx, new Headers({ cookie }));
  if (actor.kind !== 'account') throw new Error('a session without an account');
  return { cookie, userId: actor.userId, organisationId: actor.organisationId };
}

/** A photographer with a published event and the welcome credits. */
export async function openSeller(ctx: Context): Promise<Seller> {
  const account = await openAccount(ctx);
  const { cookie, organisationId } = account;
  if (!organisationId) throw new Error('a photographer without an organisation');
  const own = withActor(ctx, await getActor(ctx, new Headers({ cookie })));
  await getCreditBalance(own);
  const event = await createEvent(own, {
    name: `Course ${ctx.random.id().slice(0, 8)}`,
    sport: 'running',
    startsAt: new Date(Date.UTC(2026, 4, 17, 7)),
    timeZone: 'Europe/Paris',
    place: 'Annecy',
    photoPriceCents: 900,
    allPhotosPriceCents: 2900,
  });
  await publishEvent(own, { eventId: event.id });
  return { ...account, organisationId, event };
}
