import { randomUUID } from 'node:crypto';
import { getFormatter, getTranslations } from 'next-intl/server';
import type { Context } from '#context.ts';
import { formatMoney } from '#ui/format-money.ts';
import { buyCredits } from '../actions.ts';
import { PackForm } from './pack-form.client.tsx';

/** Packs of credits and what they cost, as the operator's settings say. */
export async function PackShop({ ctx }: { ctx: Context }) {
  const [t, format] = await Promise.all([getTranslations('pro.credits'), getFormatter()]);
  const { creditPacks, creditCurrency } = ctx.config;
  const money = (cents: number) => formatMoney(cents, creditCurrency, ctx.locale);
  const packs = creditPacks.map(({ credits, priceCents }) => {
    const price = money(priceCents);
    const name = t('pack', { credits: format.number(credits) });
    const hundred = money(Math.round((priceCents * 100) / credits));
    return {
      credits,
      priceCents,
      name,
      price,
      each: t('perHundred', { price: hundred }),
      buy: t('buy', { price }),
    };
  });
  return (
    <section className="panel stack" aria-labelledby="packs">
      <header>
        <h2 id="packs">{t('packs')}</h2>
      </header>
      <PackForm
        action={buyCredits}
        locale={ctx.locale}
        attemptId={randomUUID()}
        packs={packs}
        words={{ buying: t('buying') }}
      />
      <p className="muted small">{t('packsNote')}</p>
    </section>
  );
}
