import { useLocale, useTranslations } from 'next-intl';
import { formatMoney } from '#ui/format-money.ts';
import { Notice } from '#ui/Notice.tsx';
import type { Simulation, UselessPrice } from './simulate-offer.ts';

/** Prices that make no sense beside the others. */
export function SimulationNotes({ simulation }: { simulation: Simulation }) {
  const t = useTranslations('prices');
  const locale = useLocale();
  const money = (cents: number) => formatMoney(cents, simulation.currency, locale);
  const { useless, uselessPreSale } = simulation;
  const say = ({ kind, size, photos, priceCents, withoutCents }: UselessPrice) =>
    t(kind === 'pack' ? 'simulation.uselessPack' : 'simulation.uselessTier', {
      photos,
      size: t(`sizes.${size}`).toLowerCase(),
      price: money(priceCents),
      without: money(withoutCents),
    });
  return (
    <div className="stack" aria-live="polite">
      {useless.map((one) => (
        <Notice state="warn" key={`${one.kind}/${one.size}/${one.photos}`}>
          {say(one)}
        </Notice>
      ))}
      {uselessPreSale ? (
        <Notice state="warn">
          {t('simulation.uselessPreSale', {
            price: money(uselessPreSale.preSaleCents),
            all: money(uselessPreSale.allPhotosCents),
          })}
        </Notice>
      ) : null}
    </div>
  );
}
