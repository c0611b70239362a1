'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { Field } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import type { PlaceDraft, RaceDraft } from './event-draft.ts';

interface Rows<Row extends PlaceDraft> {
  rows: Row[];
  add(row: Omit<Row, 'key'>): void;
  remove(key: string): void;
}

/** Rows that can be added and taken away; a key is never given twice, so that typed texts stay with their row. */
export function useRows<Row extends PlaceDraft>(initial: Row[]): Rows<Row> {
  const [rows, setRows] = useState(initial);
  const made = useRef(0);
  return {
    rows,
    add: (row) => {
      made.current += 1;
      const key = `n${made.current}`;
      setRows((present) => [...present, { ...row, key } as Row]);
    },
    remove: (key) => setRows((present) => present.filter((row) => row.key !== key)),
  };
}

const COLOURS = ['#b3261e', '#1f5fbf', '#1b7f5c', '#8a5200', '#6a3fb5', '#0f7285', '#a3286b', '#4d5b12'];

export function RaceRows({ state, rows }: { state: FormState; rows: Rows<RaceDraft> }) {
  const t = useTranslations('pro');
  return (
    <>
      <ol className="parts">
        {rows.rows.map((race) => (
          <RaceRow key={race.key} state={state} race={race} remove={() => rows.remove(race.key)} />
        ))}
      </ol>
      <p>
        <button
          type="button"
          className="button"
          onClick={() => {
            const colour = COLOURS[rows.rows.length % COLOURS.length] ?? '#55565a';
            rows.add({ id: '', name: '', distance: '', startsAt: '', bibs: '', colour });
          }}
        >
          <Icon name="plus" />
          {t('form.addRace')}
        </button>
      </p>
    </>
  );
}

function RaceRow({ state, race, remove }: { state: FormState; race: RaceDraft; remove(): void }) {
  const t = useTranslations('pro');
  const name = (field: string) => `race.${race.key}.${field}`;
  const field = (key: keyof RaceDraft) => ({
    name: name(key),
    defaultValue: typedOr(state, name(key), race[key]),
    error: fieldError(state, name(key)),
  });
  return (
    <li>
      <input type="hidden" name={name('id')} value={race.id} />
      <Field {...field('name')} label={t('form.raceName')} required />
      <Field {...field('distance')} label={t('form.distance')} inputMode="decimal" />
      <Field {...field('startsAt')} label={t('form.raceStart')} type="datetime-local" />
      <Field {...field('bibs')} label={t('form.bibs')} placeholder="1-999, A1-A50" />
      <Field {...field('colour')} label={t('form.colour')} type="color" />
      <RemoveButton label={race.name} remove={remove} />
    </li>
  );
}

export function PlaceRows({
  state,
  rows,
  kind,
}: {
  state: FormState;
  rows: Rows<PlaceDraft>;
  kind: 'checkpoint' | 'spot';
}) {
  const t = useTranslations('pro');
  return (
    <>
      <ol className="parts">
        {rows.rows.map((place) => {
          const name = (field: string) => `${kind}.${place.key}.${field}`;
          return (
            <li key={place.key}>
              <input type="hidden" name={name('id')} value={place.id} />
              <Field
                name={name('name')}
                label={t('form.pointName')}
                required
                defaultValue={typedOr(state, name('name'), place.name)}
                error={fieldError(state, name('name'))}
              />
              <Field
                name={name('distance')}
                label={t('form.pointDistance')}
                inputMode="decimal"
                defaultValue={typedOr(state, name('distance'), place.distance)}
                error={fieldError(state, name('distance'))}
              />
              <RemoveButton label={place.name} remove={() => rows.remove(place.key)} />
            </li>
          );
        })}
      </ol>
      <p>
        <button type="button" className="button" onClick={() => rows.add({ id: '', name: '', distance: '' })}>
          <Icon name="plus" />
          {t(kind === 'spot' ? 'form.addSpot' : 'form.addCheckpoint')}
        </button>
      </p>
    </>
  );
}

function RemoveButton({ label, remove }: { label: string; remove(): void }) {
  const t = useTranslations('pro');
  return (
    <button
      type="button"
      className="button"
      data-kind="icon"
      aria-label={t('form.remove', { name: label || t('form.row') })}
      title={t('form.remove', { name: label || t('form.row') })}
      onClick={remove}
    >
      <Icon name="trash" />
    </button>
  );
}
