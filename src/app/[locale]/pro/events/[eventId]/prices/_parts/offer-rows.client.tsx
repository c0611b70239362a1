import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { Field, SelectField } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import type { Rows } from '../../../_parts/event-rows.client.tsx';
import type { DiscountDraft, PackDraft, TierDraft } from './offer-draft.ts';

interface RowsProps<Row extends { key: string }> {
  state: FormState;
  rows: Rows<Row>;
}

export function PackRows({ state, rows }: RowsProps<PackDraft>) {
  const t = useTranslations('prices.packs');
  return (
    <RowList
      rows={rows}
      words={{ add: t('add'), row: t('row') }}
      fresh={{ size: 'original', photos: '', price: '' }}
    >
      {(row) => {
        const field = fieldsOf(state, 'pack', row);
        return (
          <>
            <Field {...field('photos')} label={t('photos')} inputMode="numeric" required />
            <SizeField {...field('size')} label={t('size')} />
            <Field {...field('price')} label={t('price')} inputMode="decimal" required />
          </>
        );
      }}
    </RowList>
  );
}

export function TierRows({ state, rows }: RowsProps<TierDraft>) {
  const t = useTranslations('prices.tiers');
  return (
    <RowList
      rows={rows}
      words={{ add: t('add'), row: t('row') }}
      fresh={{ size: 'original', from: '', unit: '' }}
    >
      {(row) => {
        const field = fieldsOf(state, 'tier', row);
        return (
          <>
            <Field {...field('from')} label={t('from')} inputMode="numeric" required />
            <SizeField {...field('size')} label={t('size')} />
            <Field {...field('unit')} label={t('unit')} inputMode="decimal" required />
          </>
        );
      }}
    </RowList>
  );
}

export function DiscountRows({ state, rows }: RowsProps<DiscountDraft>) {
  const t = useTranslations('prices.discounts');
  return (
    <RowList
      rows={rows}
      words={{ add: t('add'), row: t('row') }}
      fresh={{ percent: '', from: '', until: '' }}
    >
      {(row) => {
        const field = fieldsOf(state, 'discount', row);
        return (
          <>
            <Field {...field('percent')} label={t('percent')} inputMode="numeric" required />
            <Field {...field('from')} label={t('from')} type="datetime-local" required />
            <Field {...field('until')} label={t('until')} type="datetime-local" required />
          </>
        );
      }}
    </RowList>
  );
}

interface FieldOfRow {
  name: string;
  label: string;
  defaultValue: string;
  error: string | null;
}

function SizeField(field: FieldOfRow) {
  const t = useTranslations('prices.sizes');
  return (
    <SelectField {...field}>
      <option value="original">{t('original')}</option>
      <option value="web">{t('web')}</option>
    </SelectField>
  );
}

interface RowListProps<Row extends { key: string }> {
  rows: Rows<Row>;
  words: { add: string; row: string };
  fresh: Omit<Row, 'key'>;
  children: (row: Row) => ReactNode;
}

function RowList<Row extends { key: string }>({ rows, words, fresh, children }: RowListProps<Row>) {
  const t = useTranslations('prices');
  return (
    <>
      {rows.rows.length > 0 ? (
        <ol className="parts">
          {rows.rows.map((row, index) => {
            const remove = t('remove', { name: `${words.row} ${index + 1}` });
            return (
              <li key={row.key}>
                {children(row)}
                <button
                  type="button"
                  className="button"
                  data-kind="icon"
                  aria-label={remove}
                  title={remove}
                  onClick={() => rows.remove(row.key)}
                >
                  <Icon name="trash" />
                </button>
              </li>
            );
          })}
        </ol>
      ) : null}
      <p>
        <button type="button" className="button" onClick={() => rows.add(fresh)}>
          <Icon name="plus" />
          {words.add}
        </button>
      </p>
    </>
  );
}

function fieldsOf<Row extends { key: string }>(state: FormState, kind: string, row: Row) {
  return (key: keyof Row & string) => {
    const name = `${kind}.${row.key}.${key}`;
    return { name, defaultValue: typedOr(state, name, String(row[key])), error: fieldError(state, name) };
  };
}
