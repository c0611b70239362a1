import type { z } from 'zod';
import { textOf } from '#app/_web/form.ts';
import type { createPromoCodeSchema } from '#domain/pricing/create-promo-code.ts';
import { readCents, readLocalTime } from '../../events/_parts/event-fields.ts';

type PromoInput = z.input<typeof createPromoCodeSchema>;

/** A promo code in a sent form; `unreadable`: times that are none. */
export function readPromoForm(form: FormData): { input: PromoInput; unreadable: string[] } {
  const text = (name: string) => textOf(form, name).trim();
  const instant = (name: string) => (text(name) === '' ? null : readLocalTime(text(name), text('timeZone')));
  const uses = (name: string) => (text(name) === '' ? null : readWhole(text(name)));
  const off: PromoInput['off'] =
    text('kind') === 'amount'
      ? { kind: 'amount', cents: readCents(text('off')) }
      : { kind: 'percent', percent: readWhole(text('off').replace(/\s*%$/u, '')) };
  const times = ['startsAt', 'endsAt'].filter((name) => text(name) !== '' && instant(name) === null);
  return {
    input: {
      code: text('code'),
      eventId: text('scope') || null,
      off,
      startsAt: instant('startsAt'),
      endsAt: instant('endsAt'),
      maxUses: uses('maxUses'),
      maxUsesPerBuyer: uses('maxUsesPerBuyer'),
      minTotalCents: text('minTotal') === '' ? 0 : readCents(text('minTotal')),
    },
    unreadable: times,
  };
}

function readWhole(text: string): number {
  return /^\d{1,7}$/u.test(text) ? Number(text) : Number.NaN;
}

const NAMES: Record<string, string> = {
  eventId: 'scope',
  'off.percent': 'off',
  'off.cents': 'off',
  minTotalCents: 'minTotal',
};

/** Where a field of the input stands in the form. */
export function promoFieldName(path: string): string {
  return NAMES[path] ?? path;
}
