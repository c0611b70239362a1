import { getTranslations } from 'next-intl/server';
import { Field } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';

interface EntriesFormProps {
  of: 'organisation' | 'all';
  /** Today where the books are kept, such as `2026-11-23`: the year so far is offered. */
  today: string;
  locale: string;
}

/** A period, and its accounting entries as CSV. */
export async function EntriesForm({ of, today, locale }: EntriesFormProps) {
  const t = await getTranslations('invoices.papers');
  return (
    <section className="panel stack" aria-labelledby="entries">
      <h2 id="entries">{t('export')}</h2>
      <p className="muted small">{t('exportText')}</p>
      <form className="stack" action="/api/invoices/entries.csv">
        <input type="hidden" name="of" value={of} />
        <input type="hidden" name="lang" value={locale} />
        <div className="fields">
          <Field
            name="from"
            type="date"
            label={t('from')}
            required
            defaultValue={`${today.slice(0, 4)}-01-01`}
          />
          <Field name="to" type="date" label={t('to')} required defaultValue={today} />
        </div>
        <div>
          <button type="submit" className="button">
            <Icon name="download" />
            {t('download')}
          </button>
        </div>
      </form>
    </section>
  );
}
