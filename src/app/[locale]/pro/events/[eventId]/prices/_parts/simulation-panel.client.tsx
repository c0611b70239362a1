'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { PhotoSize } from '#domain/pricing/offer.ts';
import { SelectField } from '#ui/Field.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { Notice } from '#ui/Notice.tsx';
import type { SimulatedMoment, SimulatedRow, Simulation } from './simulate-offer.ts';
import { SimulationNotes } from './simulation-notes.client.tsx';
import { SimulationTable } from './simulation-table.client.tsx';
import type { Simulated } from './use-simulation.client.ts';

/** What the draft makes a runner pay: a number of photos to play with, and the first twelve as a table. */
export function SimulationPanel({ shown, state }: Simulated) {
  const t = useTranslations('prices.simulation');
  return (
    <aside className="panel stack simulation" aria-labelledby="simulation" aria-busy={state === 'working'}>
      <header>
        <h2 id="simulation">{t('title')}</h2>
        <p className="muted small">{t('lead')}</p>
      </header>
      {state === 'unclear' || state === 'failed' ? <Notice state="warn">{t(state)}</Notice> : null}
      {shown.moments.length === 0 ? <p className="muted">{t('closed')}</p> : <Played simulation={shown} />}
      <SimulationNotes simulation={shown} />
    </aside>
  );
}

function Played({ simulation }: { simulation: Simulation }) {
  const [chosen, setChosen] = useState(0);
  const [wished, setSize] = useState<PhotoSize>('original');
  const [count, setCount] = useState(4);
  const moment = simulation.moments[chosen] ?? simulation.moments[0];
  if (!moment) return null;
  const sizes = [...new Set(moment.rows.map((row) => row.size))];
  const size = sizes.includes(wished) ? wished : (sizes[0] ?? 'original');
  const rows = moment.rows.filter((row) => row.size === size);
  return (
    <>
      <MomentChoice moments={simulation.moments} chosen={chosen} choose={setChosen} />
      <SizeChoice sizes={sizes} size={size} choose={setSize} />
      <CountChoice rows={rows} count={count} choose={setCount} currency={simulation.currency} />
      <SimulationTable rows={rows} count={count} simulation={simulation} percent={moment.percent} />
    </>
  );
}

interface MomentChoiceProps {
  moments: SimulatedMoment[];
  chosen: number;
  choose(index: number): void;
}

/** The fields here belong to no price: without a name they are not sent. */
function MomentChoice({ moments, chosen, choose }: MomentChoiceProps) {
  const t = useTranslations('prices.simulation');
  if (moments.length < 2) return null;
  return (
    <SelectField
      id="simulated-moment"
      name=""
      label={t('when')}
      value={chosen}
      onChange={(change) => choose(Number(change.target.value))}
    >
      {moments.map(({ kind, percent }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a moment is known by its place alone.
        <option key={index} value={index}>
          {t(`at.${kind}`, { percent })}
        </option>
      ))}
    </SelectField>
  );
}

interface SizeChoiceProps {
  sizes: PhotoSize[];
  size: PhotoSize;
  choose(size: PhotoSize): void;
}

function SizeChoice({ sizes, size, choose }: SizeChoiceProps) {
  const t = useTranslations('prices');
  const name = useId();
  if (sizes.length < 2) return null;
  return (
    <fieldset className="segments">
      <legend className="sr-only">{t('simulation.size')}</legend>
      {sizes.map((one) => (
        <label key={one}>
          <input type="radio" name={name} checked={one === size} onChange={() => choose(one)} />
          <span>{t(`sizes.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface CountChoiceProps {
  rows: SimulatedRow[];
  count: number;
  currency: string;
  choose(count: number): void;
}

function CountChoice({ rows, count, choose, currency }: CountChoiceProps) {
  const t = useTranslations('prices.simulation');
  const locale = useLocale();
  const row = rows[count - 1];
  const money = (cents: number) => formatMoney(cents, currency, locale);
  return (
    <div className="field">
      <label htmlFor="simulated-photos">{t('photos')}</label>
      <input
        id="simulated-photos"
        type="range"
        min={1}
        max={rows.length}
        value={count}
        onChange={(change) => choose(Number(change.target.value))}
      />
      {row ? (
        <output htmlFor="simulated-photos" className="simulated">
          <b>{t('said', { count, price: money(row.priceCents) })}</b>
          {row.priceCents < row.fullCents ? (
            <span className="muted"> {t('instead', { price: money(row.fullCents) })}</span>
          ) : null}
        </output>
      ) : null}
    </div>
  );
}
